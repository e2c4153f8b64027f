using System.Collections.Immutable;
using Midwatch.Cli.Clusters;
using Midwatch.Cli.Demo;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;
using Midwatch.Kubernetes;
using Midwatch.LocalCluster;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.Cli.Systems;

/// <summary>Brings a reference system up on the local cluster, and the cluster first when none runs.</summary>
internal sealed class SystemStart(Screen screen, DataDirectory data, TimeProvider time)
{
    private static readonly TimeSpan UpLimit = TimeSpan.FromSeconds(120);

    /// <param name="given">NAME=VALUE, over the defaults of the system's <c>${NAME}</c>.</param>
    /// <param name="wait">Whether to wait until every workload is ready.</param>
    internal async Task<int> UpAsync(
        string name, ImmutableSortedDictionary<string, string> given, bool wait, CancellationToken cancellationToken)
    {
        if (Installation.Find() is not { } installation)
        {
            screen.Complain(SystemCatalog.NoRepository);
            return ExitCodes.CouldNot;
        }

        var (system, problem) = SystemCatalog.Find(installation.Systems, name);
        if (system is null)
        {
            screen.Complain(problem ?? "no system was found.");
            return ExitCodes.Usage;
        }

        if (SystemRequisites.Missing(system, installation) is { } missing)
        {
            screen.Complain(missing);
            return ExitCodes.CouldNot;
        }

        if (ClusterPresence.Find(data.Path) is null)
        {
            var started = await new ClusterStartUp(screen, data, port: 0, nodes: 1)
                .RunAsync(foreground: false, cancellationToken);
            if (started != ExitCodes.Well)
            {
                return started;
            }

            screen.Line();
        }

        return ClusterPresence.Find(data.Path) is { } cluster
            ? await ApplyAsync(system, cluster, given, wait, cancellationToken)
            : ExitCodes.CouldNot;
    }

    /// <exception cref="InvalidOperationException">The cluster wrote a kubeconfig that cannot be read.</exception>
    internal static KubernetesClient Client(string kubeconfigPath, TimeProvider time) => Kubeconfig.Load(
        kubeconfigPath) is KubeconfigReading.Done { Kubeconfig: var kubeconfig }
            ? new KubernetesClient(kubeconfig, time)
            : throw new InvalidOperationException($"{kubeconfigPath} cannot be read.");

    private async Task<int> ApplyAsync(
        SystemDescription system, ClusterPresence cluster, ImmutableSortedDictionary<string, string> given, bool wait,
        CancellationToken cancellationToken)
    {
        using var chapter = new Chapter(screen, time, $"System {system.Name}");
        chapter.Detail("applying its manifests");
        var folder = Path.Combine(data.Cluster, "systems", system.Name);
        using var applier = new ManifestApplier(cluster.KubeconfigPath);
        var (values, unknown) = SystemManifests.Values(
            system, given.SetItem("KUBERNETES_API", applier.Server.GetLeftPart(UriPartial.Authority)));
        if ((unknown ?? SystemManifests.Write(system, RuleTempo.RealTime, folder)) is { } problem)
        {
            chapter.Failed(problem);
            return ExitCodes.Usage;
        }

        var failures = (await applier.ApplyAsync(folder, values, cancellationToken))
            .OfType<ManifestResult.Failed>().Select(failed => failed.Reason).ToArray();
        if (failures.Length > 0)
        {
            chapter.Failed(string.Join('\n', failures));
            return ExitCodes.No;
        }

        if (!wait)
        {
            chapter.Done($"applied. How it comes up: midwatch systems list");
            return ExitCodes.Well;
        }

        using var client = Client(cluster.KubeconfigPath, time);
        var (pods, late) = await new SystemReadiness(client, system, time)
            .RolledOutAsync(chapter, UpLimit, cancellationToken);
        if (late is not null)
        {
            chapter.Failed(late);
            return ExitCodes.No;
        }

        chapter.Done($"ready: {pods} pods, each container a process of its own.");
        return ExitCodes.Well;
    }
}
