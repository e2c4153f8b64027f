using System.Collections.Immutable;
using Midwatch.LocalCluster.Api;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Api.Pki;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.Autoscaling;
using Midwatch.LocalCluster.Controllers.Certificates;
using Midwatch.LocalCluster.Controllers.CronJobs;
using Midwatch.LocalCluster.Controllers.DaemonSets;
using Midwatch.LocalCluster.Controllers.Definitions;
using Midwatch.LocalCluster.Controllers.Deployments;
using Midwatch.LocalCluster.Controllers.Disruption;
using Midwatch.LocalCluster.Controllers.Endpoints;
using Midwatch.LocalCluster.Controllers.Jobs;
using Midwatch.LocalCluster.Controllers.Namespaces;
using Midwatch.LocalCluster.Controllers.Quotas;
using Midwatch.LocalCluster.Controllers.NodeLifecycle;
using Midwatch.LocalCluster.Controllers.ReplicaSets;
using Midwatch.LocalCluster.Controllers.StatefulSets;
using Midwatch.LocalCluster.Controllers.Volumes;
using Midwatch.LocalCluster.Identity;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Managed;
using Midwatch.LocalCluster.Objects.Packing;
using Midwatch.LocalCluster.Scheduling;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>The control plane: store, API server, controllers and scheduler, wired together.</summary>
internal sealed class ControlPlaneParts : IAsyncDisposable
{
    private readonly ApiServer _api;
    private readonly ControllerHost _controllers;
    private readonly ClusterAuthority _authority;
    private readonly ServiceAccountTokens _tokens;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _packing;

    private ControlPlaneParts(
        ObjectStore store, ApiServer api, ControllerHost controllers, ClusterAuthority authority,
        ServiceAccountTokens tokens, TimeProvider time)
    {
        Store = store;
        _api = api;
        _controllers = controllers;
        _authority = authority;
        _tokens = tokens;
        _packing = new ObjectPacking(store, time).RunAsync(_stop.Token);
    }

    public ObjectStore Store { get; }

    public required EventRecorder Events { get; init; }

    public required NodesToCome Nodes { get; init; }

    public required PodTokens PodTokens { get; init; }

    public required BearerTokens Tokens { get; init; }

    private AuditLog? Audit { get; init; }

    public Uri Server => _api.Address;

    public string Authority => _authority.CertificatePem;

    /// <summary>A certificate by which a client shows who it is.</summary>
    public IssuedCertificate IssueClient(string name, params ReadOnlySpan<string> groups) =>
        _authority.IssueClient(name, [.. groups]);

    /// <summary>
    /// Starts everything but the nodes; afterwards the API answers and the kubeconfig files are there.
    /// </summary>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ControlPlaneParts> StartAsync(
        ClusterOptions options,
        ObjectStore store,
        ClusterNetwork network,
        ClusterDirectory directory,
        Action<string> report,
        CancellationToken cancellationToken)
    {
        var events = new EventRecorder(store, options.Time);
        var authority = ClusterAuthority.Create(options.Time);
        var accounts = new ServiceAccountTokens(options.Time);
        var podTokens = new PodTokens(store, accounts);
        var tokens = new BearerTokens(token => podTokens.Find(token) is { } subject
            ? UserIdentity.ServiceAccount(subject.Namespace, subject.ServiceAccount, subject.Uid)
            : null)
        {
            Sign = podTokens.Issue,
        };
        var bootstrap = new ClusterBootstrap(Writer(FieldOwnership.Server), authority.CertificatePem);
        bootstrap.Write();
        bootstrap.WriteNameProxy(network.Names.Address);
        var audit = options.AuditFile is { } file ? new AuditLog(Path.GetFullPath(file), options.Time) : null;
        var addresses = new ServiceAddresses(network.ServiceAddresses);
        var nodes = new NodesToCome();
        var api = await ApiServer.StartAsync(
            new ApiServerOptions(store, options.Port, authority, tokens, nodes, options.Time, [addresses])
            {
                Audit = audit,
                HasMetrics = options.HasMetrics,
                Extensions = [new FreezerEndpoint(nodes), new RulesEndpoint(nodes)],
            },
            cancellationToken);
        if (network.ServiceAddresses.Allocate() is { } address)
        {
            bootstrap.WriteKubernetesService(api.Address, address);
        }

        new ClusterIdentities(tokens, authority.CertificatePem, api.Address).Write(directory);
        var controllers = Controllers(options, Writer, authority, nodes, directory).Add(addresses);
        return new ControlPlaneParts(
            store, api, ControllerHost.Start(store, controllers, options.Time, report), authority, accounts,
            options.Time)
        {
            Events = events,
            Nodes = nodes,
            PodTokens = podTokens,
            Tokens = tokens,
            Audit = audit,
        };

        ClusterWriter Writer(string manager) =>
            new(store, events, new ClusterAdmission(store, options.Time, manager).Admit, options.Time)
            {
                Manager = manager,
            };
    }

    private static ImmutableArray<IController> Controllers(
        ClusterOptions options, Func<string, ClusterWriter> writerOf, ClusterAuthority authority, NodesToCome nodes,
        ClusterDirectory directory)
    {
        var writer = writerOf(FieldOwnership.Controllers);
        return
        [
            new DeploymentController(writer, options.Time),
            new ReplicaSetController(writer, options.Time),
            new StatefulSetController(writer, options.Time),
            new DaemonSetController(writer, options.Time),
            new JobController(writer, options.Time),
            new CronJobController(writer, options.Time),
            new AutoscalerController(writer, options.Time, () => options.HasMetrics ? nodes.Usage() : default),
            new DisruptionController(writer, options.Time),
            new NodeLifecycleController(writer, options.Time, NodeLifecycleController.GraceDefault),
            new TaintEviction(writer, options.Time),
            new EndpointsController(writer, options.Time),
            new QuotaController(writer),
            new DefinitionController(writer, options.Time),
            new NamespaceContents(writer, authority.CertificatePem),
            new ClaimController(
                writer, options.Time, Path.Combine(directory.Nodes, "shared", "claims"), options.HasProvisioners),
            new ClaimProtection(writer),
            new SigningController(writer, authority, options.Time),
            new PodScheduler(writerOf(FieldOwnership.Scheduler), options.Time),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _packing;
        _stop.Dispose();
        await _controllers.DisposeAsync();
        await _api.DisposeAsync();
        _tokens.Dispose();
        _authority.Dispose();
        Audit?.Dispose();
    }
}
