using System.Collections.Immutable;
using Midwatch.Execution.Alerts;
using Midwatch.Execution.Inspection;
using Midwatch.Execution.Redaction;
using Midwatch.Execution.Sealing;
using Midwatch.Execution.Steps;
using Midwatch.Kubernetes;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Execution.Places;

/// <summary>Who a cluster says that it is.</summary>
/// <param name="AuthorityHash">SHA-256 of its certificate authority; empty when the system's trust is used.</param>
/// <param name="IsLocal">Whether it is the embedded local cluster.</param>
public sealed record PlaceIdentity(string Server, string AuthorityHash, string SystemUid, bool IsLocal);

/// <summary>
/// The one cluster that everything is done on, by two identities: one that looks, one that acts. Programs get a
/// kubeconfig with its one context, written here, and nothing else.
/// </summary>
public sealed class BoundCluster : IAsyncDisposable
{
    private readonly BoundClusterOptions _options;
    private readonly KubernetesClient _reading;
    private readonly KubernetesClient _acting;
    private readonly string _readingFile;
    private readonly string _actingFile;
    private readonly Redactor _redactor = new();

    private BoundCluster(
        BoundClusterOptions options, KubernetesClient reading, KubernetesClient acting,
        string readingFile, string actingFile)
    {
        (_options, _reading, _acting) = (options, reading, acting);
        (_readingFile, _actingFile) = (readingFile, actingFile);
    }

    /// <summary>The namespace of commands that name none.</summary>
    public string DefaultNamespace => _reading.Kubeconfig.Namespace;

    private Uri? ServiceNames { get; init; }

    /// <summary>Opens it for both identities.</summary>
    /// <returns>The cluster; or why it could not be opened, with the remedy.</returns>
    public static async Task<(BoundCluster? Cluster, string? Problem)> OpenAsync(
        BoundClusterOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);
        var readingFile = Path.Combine(options.Directory, "reading.kubeconfig");
        var actingFile = Path.Combine(options.Directory, "acting.kubeconfig");
        var problem = Write(options.ReadingKubeconfig, readingFile) ?? Write(options.ActingKubeconfig, actingFile);
        if (problem is not null)
        {
            return (null, problem);
        }

        var opened =
            await ClusterConnection.OpenAsync(options.ReadingKubeconfig, null, options.Time, cancellationToken);
        if (opened is not ClusterOpening.Done reading)
        {
            return (null, Sentence(opened));
        }

        var second = await ClusterConnection.OpenAsync(options.ActingKubeconfig, null, options.Time, cancellationToken);
        if (second is not ClusterOpening.Done acting)
        {
            reading.Client.Dispose();
            return (null, Sentence(second));
        }

        if (acting.Identity != reading.Identity)
        {
            reading.Client.Dispose();
            acting.Client.Dispose();
            return (null, $"{options.ReadingKubeconfig} and {options.ActingKubeconfig} lead to different clusters. "
                + "The identity that looks and the one that acts must be of one cluster.");
        }

        return (new BoundCluster(options, reading.Client, acting.Client, readingFile, actingFile)
        {
            ServiceNames = await ServiceNameProxy.FindAsync(reading.Client, cancellationToken),
        }, null);
    }

    /// <summary>Asks it again who it is.</summary>
    /// <returns>The identity; or why it did not answer.</returns>
    public async Task<(PlaceIdentity? Identity, string? Problem)> IdentifyAsync(CancellationToken cancellationToken)
    {
        var answer = await ClusterIdentity.ReadAsync(_reading, cancellationToken);
        return answer is KubernetesAnswer<ClusterIdentity>.Done { Value: var identity }
            ? (new PlaceIdentity(
                identity.Server.AbsoluteUri,
                identity.CertificateAuthorityHash ?? string.Empty,
                identity.KubeSystemUid,
                await new ClusterHealth(_reading).IsLocalAsync(cancellationToken)), null)
            : (null, $"{_reading.Kubeconfig.Server} does not say who it is: {answer.Failure}");
    }

    /// <summary>Counts what is unready, pods outside of the given namespaces only.</summary>
    public Task<HealthCount> CountUnreadyAsync(ImmutableArray<string> scope, CancellationToken cancellationToken) =>
        new ClusterHealth(_reading).CountAsync(scope, cancellationToken);

    /// <summary>Looks at everything that the procedure speaks of and what lies upstream of it.</summary>
    public Task<InspectionResult> InspectAsync(
        Procedure procedure, ImmutableSortedDictionary<string, string> alertLabels,
        CancellationToken cancellationToken) =>
        new ClusterInspector(_reading, _options.Time, _redactor.Redact)
            .InspectAsync(InspectionScope.Of(procedure, alertLabels, DefaultNamespace), cancellationToken);

    /// <summary>Learns the Secrets of the namespaces, so that no output shows them.</summary>
    public Task LearnSecretsAsync(ImmutableArray<string> namespaces, CancellationToken cancellationToken) =>
        ClusterSecrets.LearnAsync(_redactor, _acting, namespaces, cancellationToken);

    /// <summary>Looks at an object that a command acts on.</summary>
    public Task<TargetLook> LookAsync(TargetReference target, CancellationToken cancellationToken) =>
        new TargetEyes(_acting, DefaultNamespace).LookAsync(target, cancellationToken);

    /// <summary>Opens a session for commands.</summary>
    /// <param name="name">Names its folder.</param>
    /// <param name="acts">Whether its programs have the identity that acts; otherwise the one that looks.</param>
    /// <param name="variables">Values from outside, such as alert labels.</param>
    public StepRunner OpenSession(string name, bool acts, ImmutableSortedDictionary<string, string> variables)
    {
        var questions = new ServiceQuestions(_reading, DefaultNamespace);
        return StepRunner.Open(new StepRunnerOptions
        {
            Starter = _options.Starter,
            Directory = Path.Combine(_options.Directory, name),
            Kubeconfig = acts ? _actingFile : _readingFile,
            ServiceNames = ServiceNames,
            Kubectl = _options.Kubectl,
            SearchPath = _options.SearchPath,
            Variables = variables,
            Redactor = _redactor,
            Judge = _options.Judge,
            Ask = questions.AskAsync,
            Time = _options.Time,
        });
    }

    /// <summary>Speaks to a Prometheus, through this cluster where it lives there. The caller disposes it.</summary>
    public PrometheusApi OpenPrometheus(PrometheusAddress address) => new(address, _reading);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _reading.Dispose();
        _acting.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string? Write(string source, string target) =>
        OneContextKubeconfig.Write(source, null, target) is KubeconfigWriting.Failed failed
            ? $"{failed.Message} {failed.Remedy}".Trim()
            : null;

    private static string Sentence(ClusterOpening opening) =>
        opening is ClusterOpening.Failed failed ? $"{failed.Message} {failed.Remedy}".Trim() : string.Empty;
}
