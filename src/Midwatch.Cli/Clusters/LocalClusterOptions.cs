using Midwatch.Cli.Places;
using Midwatch.LocalCluster;

namespace Midwatch.Cli.Clusters;

/// <summary>How this installation starts its local cluster: with the images of its reference systems.</summary>
internal static class LocalClusterOptions
{
    internal static ClusterOptions For(DataDirectory data, int port, int nodes)
    {
        var installation = Installation.Find();
        return new ClusterOptions
        {
            DataDirectory = data.Path,
            Port = port,
            Nodes = nodes,
            ImageDirectories = () => installation is null ? [] : ImageDirectories(installation),
            ProgramsDirectory = installation?.Programs ?? Path.Combine(AppContext.BaseDirectory, "programs"),
            Time = TimeProvider.System,
        };
    }

    // A system may come while the cluster runs.
    private static IEnumerable<string> ImageDirectories(Installation installation) =>
        Directory.EnumerateDirectories(installation.Systems).Order(StringComparer.Ordinal)
            .Select(system => Path.Combine(system, "images"))
            .Prepend(Path.Combine(installation.Root, "images"));
}
