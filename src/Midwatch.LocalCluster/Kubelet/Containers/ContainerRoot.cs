using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>
/// The folder that stands for a container's file system, new for each instance, with links to the volumes at their
/// mount
/// paths. There is no mount namespace yet: programs find it by <c>MIDWATCH_ROOT</c>.
/// </summary>
internal static class ContainerRoot
{
    /// <summary>The name under which the folder with the service account's token is handed over.</summary>
    public const string ServiceAccountVolume = "(service account)";

    private const string ServiceAccountPath = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <param name="volumes">The folder of each volume by its name.</param>
    /// <returns>Null, or what is wrong with a mount, in the kubelet's words.</returns>
    public static string? Prepare(
        string root,
        JsonObject container,
        IReadOnlyDictionary<string, string> volumes,
        IReadOnlyDictionary<string, string> variables)
    {
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }

        foreach (var folder in ImmutableArray.Create("tmp", "dev", "var/run"))
        {
            _ = Directory.CreateDirectory(Path.Combine(root, folder));
        }

        // Outer mounts first: a mount within a mount lies in the outer volume, as it does in a real container.
        foreach (var mount in container.Items("volumeMounts").OrderBy(mount => mount.Text("mountPath")?.Length))
        {
            var name = mount.Text("name") ?? "";
            if (!volumes.TryGetValue(name, out var volume))
            {
                return $"cannot find volume \"{name}\" to mount into container \"{container.Text("name")}\"";
            }

            var subPath = mount.Text("subPath") ?? VariableExpansion.Expand(mount.Text("subPathExpr") ?? "", variables);
            Link(At(root, mount.Text("mountPath") ?? "/"), subPath.Length == 0 ? volume : SubPath(volume, subPath));
        }

        var accountPath = At(root, ServiceAccountPath);
        if (volumes.TryGetValue(ServiceAccountVolume, out var account) && !Directory.Exists(accountPath))
        {
            Link(accountPath, account);
        }

        return null;
    }

    /// <summary>Where a path of the container is on this machine.</summary>
    public static string At(string root, string path) => Path.GetFullPath(Path.Combine(root, path.TrimStart('/')));

    private static string SubPath(string volume, string subPath)
    {
        var target = At(volume, subPath);
        if (!File.Exists(target))
        {
            _ = Directory.CreateDirectory(target);
        }

        return target;
    }

    private static void Link(string path, string target)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "/");
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: new DirectoryInfo(path).LinkTarget is null);
        }
        else
        {
            File.Delete(path);
        }

        _ = Directory.CreateSymbolicLink(path, target);
    }
}
