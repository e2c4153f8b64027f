namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>
/// Programs that stand in for those of a cluster: each writes down its arguments, and its input where the real one
/// would
/// read it, and prints something that depends on both alone.
/// </summary>
internal static class StandIns
{
    private static readonly string[] Names =
    [
        "kubectl", "curl", "helm", "docker", "psql", "redis-cli", "systemctl", "aws", "gcloud", "terraform", "jq",
        "oc", "istioctl", "minikube", "wget", "mysql", "journalctl",
    ];

    private static readonly Lazy<string> Made = new(Make);

    public static string Folder => Made.Value;

    private static string Make()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Scripts", "stand-in");
        var folder = Path.Combine(AppContext.BaseDirectory, "stand-ins");
        Directory.CreateDirectory(folder);
        foreach (var path in Names.Select(name => Path.Combine(folder, name)))
        {
            File.Copy(source, path, overwrite: true);
            File.SetUnixFileMode(
                path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return folder;
    }
}
