namespace Midwatch.Cli.Places;

/// <summary>Where Midwatch keeps its state: incidents, evidence, the local cluster's files.</summary>
internal sealed record DataDirectory(string Path)
{
    internal string Cluster => System.IO.Path.Combine(Path, "cluster");

    internal string Kubeconfig => System.IO.Path.Combine(Cluster, "kubeconfig");

    internal string PostMortems => System.IO.Path.Combine(Path, "post-mortems");

    /// <summary>Takes <c>--data</c>, else <c>$MIDWATCH_DATA</c>, else <c>$XDG_STATE_HOME/midwatch</c>.</summary>
    internal static DataDirectory Resolve(string? option)
    {
        var path = FirstGiven(option, Environment.GetEnvironmentVariable("MIDWATCH_DATA"));
        if (path is null)
        {
            var state = FirstGiven(Environment.GetEnvironmentVariable("XDG_STATE_HOME"))
                ?? System.IO.Path.Combine(
                    Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
            path = System.IO.Path.Combine(state, "midwatch");
        }

        return new DataDirectory(System.IO.Path.GetFullPath(path));
    }

    /// <summary>Makes the folder, for its owner only.</summary>
    /// <returns>Null, or why it could not be made, with the remedy.</returns>
    internal string? Create()
    {
        try
        {
            Directory.CreateDirectory(
                Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{Path}: cannot be made or written ({exception.Message}). Choose another folder with --data.";
        }
    }

    private static string? FirstGiven(params string?[] candidates) =>
        candidates.FirstOrDefault(candidate => !string.IsNullOrEmpty(candidate));
}
