using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;
using Midwatch.LocalCluster;

namespace Midwatch.Cli.Clusters;

/// <summary>
/// The cluster that a command is to work on, by the kubeconfigs of the identity that looks and the one that acts.
/// </summary>
internal sealed record ChosenCluster(string Reading, string Acting)
{
    /// <summary>Takes <c>--kubeconfig</c>, else <c>$KUBECONFIG</c>, else <c>~/.kube/config</c>.</summary>
    /// <returns>The choice; or why there is none, with the remedy.</returns>
    internal static (ChosenCluster? Chosen, string? Problem) Choose(Screen screen, string? option, DataDirectory data)
    {
        var (path, problem) = Locate(screen, option, data);
        return path is null ? (null, problem) : (Identities(path, data), null);
    }

    private static (string? Path, string? Problem) Locate(Screen screen, string? option, DataDirectory data)
    {
        if (!string.IsNullOrEmpty(option))
        {
            return File.Exists(option) ? (Path.GetFullPath(option), null)
                : (null, $"{option}: there is no such kubeconfig. Name the file that kubectl uses with --kubeconfig.");
        }

        if (Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } variable)
        {
            return OfVariable(screen, variable);
        }

        var home = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        var local = ClusterPresence.Find(data.Path) is null
            ? "Start a local cluster with 'midwatch cluster up', then: eval \"$(midwatch cluster env)\""
            : "A local cluster runs: eval \"$(midwatch cluster env)\"";
        return File.Exists(home) ? (home, null)
            : (null, $"no cluster is named: KUBECONFIG is not set and {home} is not there. "
                + $"Set KUBECONFIG, or give --kubeconfig FILE. {local}");
    }

    private static (string? Path, string? Problem) OfVariable(Screen screen, string variable)
    {
        var files = variable.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (files.FirstOrDefault(File.Exists) is not { } first)
        {
            return (null, $"KUBECONFIG names {variable}, which is not there. Set it to the file that kubectl uses, "
                + "unset it to use ~/.kube/config, or start a local cluster with 'midwatch cluster up'.");
        }

        if (files.Length > 1)
        {
            screen.Hint($"midwatch: KUBECONFIG names {files.Length} files; "
                + $"{first} is the first that is there and is used alone.");
        }

        return (Path.GetFullPath(first), null);
    }

    // The local cluster has an identity of its own for looking; anywhere else the file is all there is.
    private static ChosenCluster Identities(string path, DataDirectory data)
    {
        if (ClusterPresence.Find(data.Path) is not { } local || Path.GetFullPath(local.KubeconfigPath) != path)
        {
            return new ChosenCluster(path, path);
        }

        var identities = Path.Combine(data.Cluster, "identities");
        return new ChosenCluster(Path.Combine(identities, "diagnose.kubeconfig"),
            Path.Combine(identities, "act.kubeconfig"));
    }
}
