namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>Where stock kubectl binaries are on this machine.</summary>
internal static class KubectlPrograms
{
    /// <summary>The program of a version, as "1.35"; null when this machine has none.</summary>
    /// <remarks>
    /// eng/prepare --tests puts some into artifacts/kubectl; the others are where Google's SDK and Debian put them.
    /// </remarks>
    public static string? Find(string version)
    {
        var digits = version.Replace(".", "", StringComparison.Ordinal);
        string?[] places =
        [
            Environment.GetEnvironmentVariable($"MIDWATCH_KUBECTL_{digits}"),
            Path.Combine(Root(), "artifacts", "kubectl", version, "kubectl"),
            $"/usr/lib/google-cloud-sdk/bin/kubectl.{version}",
            $"/opt/kubectl{digits}/usr/bin/kubectl",
        ];
        return Array.Find(places, File.Exists);
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Midwatch.slnx")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? "";
    }
}
