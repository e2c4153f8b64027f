using System.Collections.Immutable;
using System.Net;
using Midwatch.Cli.Places;
using Midwatch.Cli.Systems;
using Midwatch.Cli.Terminal;
using Midwatch.Kubernetes;
using Midwatch.LocalCluster;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.Cli.Demo;

/// <summary>The stage of the demo: the local cluster with one system on it, up and quiet, then broken.</summary>
internal sealed class DemoStage(
    Screen screen, SystemDescription system, DataDirectory data, RuleTempo tempo, TimeProvider time)
{
    private static readonly TimeSpan UpLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan QuietLimit = TimeSpan.FromMinutes(5);

    /// <summary>Applies the system and waits until it is up and its monitoring quiet.</summary>
    /// <param name="alertsAt">Where Prometheus is to send its alerts, where pods reach it.</param>
    /// <returns>Null when it is up, else why it is not.</returns>
    internal async Task<string?> SetAsync(
        ClusterHost cluster, KubernetesClient client, IPEndPoint alertsAt, CancellationToken cancellationToken)
    {
        using var chapter = new Chapter(screen, time, $"System {system.Name}");
        chapter.Detail("applying its manifests");
        var folder = Path.Combine(data.Cluster, "manifests");
        var problem = SystemManifests.Write(system, tempo, folder);
        var (values, missing) = SystemManifests.Values(system, Given(cluster, alertsAt));
        problem ??= missing ?? await ApplyAsync(cluster, folder, values, cancellationToken);
        if (problem is not null)
        {
            chapter.Failed(problem);
            return problem;
        }

        var readiness = new SystemReadiness(client, system, time);
        var (pods, notUp) = await readiness.RolledOutAsync(chapter, UpLimit, cancellationToken);
        if ((notUp ?? await readiness.QuietAsync(chapter, QuietLimit, cancellationToken)) is { } late)
        {
            chapter.Failed(late);
            return late;
        }

        chapter.Done($"{pods} pods ready, each container a process of its own; Prometheus scrapes them and is quiet.");
        return null;
    }

    /// <summary>Breaks the system.</summary>
    /// <returns>Null when the fault is in, else why not.</returns>
    internal async Task<string?> BreakAsync(FaultCatalog faults, Fault fault, CancellationToken cancellationToken)
    {
        using var chapter = new Chapter(screen, time, $"Fault {fault.Id}");
        using var injector = new FaultInjector(faults, system.Namespace, data.Path, time, chapter.Detail);
        if (await injector.InjectAsync(fault.Id, cancellationToken) is FaultOutcome.Failed failed)
        {
            chapter.Failed(failed.Reason);
            return failed.Reason;
        }

        chapter.Done(fault.Summary);
        return null;
    }

    private ImmutableSortedDictionary<string, string> Given(ClusterHost cluster, IPEndPoint alertsAt)
    {
        var values = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal)
            .Add("KUBERNETES_API", cluster.Server.GetLeftPart(UriPartial.Authority))
            .Add("MIDWATCH_ALERTS_ADDRESS", alertsAt.ToString());
        return tempo.Interval is { } interval
            ? values.Add("SCRAPE_INTERVAL", PrometheusDuration.Print(interval))
                .Add("SCRAPE_TIMEOUT", PrometheusDuration.Print(interval))
            : values;
    }

    private static async Task<string?> ApplyAsync(
        ClusterHost cluster, string folder, IReadOnlyDictionary<string, string> values,
        CancellationToken cancellationToken)
    {
        using var applier = new ManifestApplier(cluster.KubeconfigPath);
        var results = await applier.ApplyAsync(folder, values, cancellationToken);
        var failures = results.OfType<ManifestResult.Failed>().Select(failed => failed.Reason).ToArray();
        return failures.Length == 0 ? null : string.Join('\n', failures);
    }
}
