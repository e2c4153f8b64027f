using System.Security.Cryptography;
using System.Text;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>
/// Programs that stand in for those of a cluster: each writes down its arguments, and its input where the real one
/// would read it, and prints something that depends on both alone.
/// </summary>
internal static class StandIns
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string[] Clusters =
    [
        "kubectl", "curl", "helm", "docker", "psql", "redis-cli", "systemctl", "aws", "gcloud", "terraform", "jq",
        "oc", "istioctl", "minikube", "wget", "mysql", "journalctl",
    ];

    private static readonly Lazy<string> Made = new(() => Folder(Clusters));

    /// <summary>A folder with those that curated and made-up scripts call.</summary>
    public static string OfClusters => Made.Value;

    /// <summary>
    /// A folder with these; in it <c>sleep</c> comes back at once, for bash: Midwatch's own asks a clock.
    /// </summary>
    public static string Folder(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', all))))[..12];
        var folder = Path.Combine(AppContext.BaseDirectory, "stand-ins", key);
        Directory.CreateDirectory(folder);
        var recording = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Scripts", "stand-in"));
        foreach (var name in all)
        {
            Put(Path.Combine(folder, name), name == "sleep" ? "#!/bin/sh\n"u8.ToArray() : recording);
        }

        return folder;
    }

    // Whole or not at all: another run of the tests may be starting the one that is there.
    private static void Put(string path, byte[] text)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(text))
        {
            return;
        }

        var made = $"{path}.{Environment.ProcessId}";
        File.WriteAllBytes(made, text);
        File.SetUnixFileMode(made, Executable);
        File.Move(made, path, overwrite: true);
    }
}
