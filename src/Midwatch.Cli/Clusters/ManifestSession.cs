using System.Collections.Immutable;
using Midwatch.Cli.Demo;
using Midwatch.Cli.Places;
using Midwatch.Cli.Systems;
using Midwatch.Cli.Terminal;
using Midwatch.LocalCluster;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.Cli.Clusters;

/// <summary>Applies manifests to the running local cluster and says what became of each object.</summary>
internal sealed class ManifestSession(Screen screen, DataDirectory data)
{
    /// <param name="paths">Files, or folders of them.</param>
    /// <param name="systemName">A reference system to apply first; null for none.</param>
    /// <param name="set">NAME=VALUE, for <c>${NAME}</c> in the manifests.</param>
    internal async Task<int> ApplyAsync(
        IReadOnlyList<string> paths, string? systemName, IReadOnlyList<string> set, CancellationToken cancellationToken)
    {
        if (paths.FirstOrDefault(path => !File.Exists(path) && !Directory.Exists(path)) is { } missing)
        {
            screen.Complain($"{missing}: there is no such file or folder.");
            return ExitCodes.Usage;
        }

        if (ClusterPresence.Find(data.Path) is not { } cluster)
        {
            screen.Complain($"no cluster runs for {data.Path}. Start one with 'midwatch cluster up'.");
            return ExitCodes.CouldNot;
        }

        using var applier = new ManifestApplier(cluster.KubeconfigPath);
        var values = Values(set).SetItem("KUBERNETES_API", applier.Server.GetLeftPart(UriPartial.Authority));
        var failures = 0;
        if (systemName is not null)
        {
            var (folder, all, problem) = System(systemName, values);
            if (problem is not null)
            {
                screen.Complain(problem);
                return ExitCodes.Usage;
            }

            values = all;
            failures += Tell(await applier.ApplyAsync(folder, values, cancellationToken));
        }

        foreach (var path in paths)
        {
            failures += Tell(await applier.ApplyAsync(path, values, cancellationToken));
        }

        return failures == 0 ? ExitCodes.Well : ExitCodes.No;
    }

    private (string Folder, ImmutableSortedDictionary<string, string> Values, string? Problem) System(
        string name, ImmutableSortedDictionary<string, string> given)
    {
        if (Installation.Find() is not { } installation)
        {
            return ("", given, SystemCatalog.NoRepository);
        }

        var (system, problem) = SystemCatalog.Find(installation.Systems, name);
        if (system is null)
        {
            return ("", given, problem);
        }

        var folder = Path.Combine(data.Cluster, "manifests");
        var (values, missing) = SystemManifests.Values(system, given);
        problem = missing is null
            ? SystemManifests.Write(system, RuleTempo.RealTime, folder)
            : $"{missing} Give it with --set NAME=VALUE.";
        return (folder, values, problem);
    }

    private static ImmutableSortedDictionary<string, string> Values(IEnumerable<string> set) =>
        set.Select(pair => pair.Split('=', 2)).Aggregate(
            ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal),
            (values, pair) => values.SetItem(pair[0], pair[1]));

    private int Tell(ImmutableArray<ManifestResult> results)
    {
        foreach (var result in results)
        {
            switch (result)
            {
                case ManifestResult.Failed failed:
                    screen.Complain(failed.Reason);
                    break;
                default:
                    screen.Line($"{result.Subject} {result.GetType().Name.ToLowerInvariant()}");
                    break;
            }
        }

        return results.Count(result => result is ManifestResult.Failed);
    }
}
