using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;
using Midwatch.Kubernetes;
using Midwatch.LocalCluster;
using Midwatch.LocalCluster.Hosting;

namespace Midwatch.Cli.Systems;

/// <summary>Lists the reference systems, and takes them down again.</summary>
internal sealed class SystemsSession(Screen screen, DataDirectory data, TimeProvider time)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal async Task<int> ListAsync(string format, CancellationToken cancellationToken)
    {
        var (systems, status) = Read();
        if (status != ExitCodes.Well)
        {
            return status;
        }

        var cluster = ClusterPresence.Find(data.Path);
        using var client = cluster is null ? null : Client(cluster);
        var health = client is null
            ? [.. systems.Select(system => new SystemHealth(system, [], Firing: null))]
            : await Task.WhenAll(systems.Select(
                system => new HealthReader(client, system).ReadAsync(cancellationToken)));
        if (format == "json")
        {
            screen.Line(new JsonObject
            {
                ["schemaVersion"] = 1,
                ["cluster"] = cluster is null ? null : new JsonObject { ["kubeconfig"] = cluster.KubeconfigPath },
                ["systems"] = new JsonArray([.. health.Select(one => one.ToJson())]),
            }.ToJsonString(Indented));
            return ExitCodes.Well;
        }

        new SystemsTable(screen).Print([.. health]);
        if (cluster is null)
        {
            screen.Hint($"No cluster runs for {data.Path}; 'midwatch systems up NAME' starts one.");
        }

        return ExitCodes.Well;
    }

    /// <param name="name">Null takes down every system that is up.</param>
    internal async Task<int> DownAsync(string? name, CancellationToken cancellationToken)
    {
        var (systems, status) = Read();
        if (status != ExitCodes.Well)
        {
            return status;
        }

        if (name is not null && systems.All(system => system.Name != name))
        {
            screen.Complain(Unknown(name, systems));
            return ExitCodes.Usage;
        }

        if (ClusterPresence.Find(data.Path) is not { } cluster)
        {
            screen.Line($"no cluster runs for {data.Path}, so no system does.");
            return ExitCodes.Well;
        }

        using var client = Client(cluster);
        using var remover = new ManifestRemover(cluster.KubeconfigPath, time);
        var worst = ExitCodes.Well;
        foreach (var system in systems.Where(system => name is null || system.Name == name))
        {
            var health = await new HealthReader(client, system).ReadAsync(cancellationToken);
            if (name is null && health.State == SystemState.Down)
            {
                continue;
            }

            worst = Math.Max(worst, await RemoveAsync(system, remover, cancellationToken));
        }

        return worst;
    }

    internal static string Unknown(string name, ImmutableArray<SystemDescription> systems) =>
        $"there is no system '{name}'. There are: {string.Join(", ", systems.Select(system => system.Name))}.";

    private async Task<int> RemoveAsync(
        SystemDescription system, ManifestRemover remover, CancellationToken cancellationToken)
    {
        using var chapter = new Chapter(screen, time, $"System {system.Name}");
        chapter.Detail("deleting what its manifests made");
        var results = await remover.DeleteAsync(
            system.PathOf(system.Manifests), ImmutableDictionary<string, string>.Empty, cancellationToken);
        var failures = results.OfType<ManifestResult.Failed>().Select(failed => failed.Reason).ToArray();
        if (failures.Length > 0)
        {
            chapter.Failed(string.Join('\n', failures));
            return ExitCodes.No;
        }

        chapter.Done(results.IsEmpty
            ? "it was not up." : $"down: {string.Join(", ", results.Select(result => result.Subject))} deleted.");
        return ExitCodes.Well;
    }

    private (ImmutableArray<SystemDescription> Systems, int Status) Read()
    {
        if (Installation.Find() is not { } installation)
        {
            screen.Complain(SystemCatalog.NoRepository);
            return ([], ExitCodes.CouldNot);
        }

        var (systems, problems) = SystemCatalog.All(installation.Systems);
        foreach (var problem in problems)
        {
            screen.Complain(problem);
        }

        return (systems, problems.IsEmpty ? ExitCodes.Well : ExitCodes.Usage);
    }

    private KubernetesClient Client(ClusterPresence cluster) => SystemStart.Client(cluster.KubeconfigPath, time);
}
