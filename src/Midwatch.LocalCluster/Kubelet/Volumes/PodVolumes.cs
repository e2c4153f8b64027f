using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;

namespace Midwatch.LocalCluster.Kubelet.Volumes;

/// <summary>Makes a pod's volumes: folders that live as long as the pod, claims and host paths longer.</summary>
internal sealed class PodVolumes(KubeletOptions options, string podDirectory)
{
    /// <summary>Claims and host paths are the node's, not the pod's.</summary>
    private readonly string _nodeDirectory = Path.Combine(options.Directory, "shared");

    /// <summary>
    /// The folder of each volume, or per volume that cannot be set up why not, in the kubelet's words.
    /// </summary>
    public (ImmutableDictionary<string, string> Folders, ImmutableArray<string> Failures) SetUp(JsonObject pod)
    {
        var folders = ImmutableDictionary<string, string>.Empty;
        var failures = ImmutableArray<string>.Empty;
        foreach (var volume in pod.Items("spec", "volumes"))
        {
            var name = volume.Text("name") ?? "";
            var folder = FolderOf(pod, volume, name);
            _ = Directory.CreateDirectory(folder);
            if (new VolumeContent(options, pod, folder).Write(volume) is { } failure)
            {
                failures = failures.Add($"MountVolume.SetUp failed for volume \"{name}\" : {failure}");
                continue;
            }

            folders = folders.SetItem(name, folder);
        }

        return (folders, failures);
    }

    /// <summary>
    /// Makes the folder with token, CA and namespace, unless the pod declines or admission gave it such a volume.
    /// </summary>
    public void SetUpServiceAccount(JsonObject pod)
    {
        var declined = pod.At("spec", "automountServiceAccountToken") is JsonValue wanted
            && wanted.TryGetValue<bool>(out var automount) && !automount;
        if (!declined)
        {
            _ = new VolumeContent(options, pod, ServiceAccountFolder).WriteServiceAccount();
        }
    }

    /// <summary>The folders for a container, with the service account's when there is one.</summary>
    public ImmutableDictionary<string, string> WithServiceAccount(ImmutableDictionary<string, string> folders) =>
        Directory.Exists(ServiceAccountFolder)
            ? folders.SetItem(ContainerRoot.ServiceAccountVolume, ServiceAccountFolder)
            : folders;

    private string ServiceAccountFolder => Path.Combine(podDirectory, "service-account");

    private string FolderOf(JsonObject pod, JsonObject volume, string name)
    {
        if (volume.Text("hostPath", "path") is { } hostPath)
        {
            return ContainerRoot.At(Path.Combine(_nodeDirectory, "host"), hostPath);
        }

        return volume.Text("persistentVolumeClaim", "claimName") is { } claim
            ? Path.Combine(_nodeDirectory, "claims", pod.Text("metadata", "namespace") ?? "default", claim)
            : Path.Combine(podDirectory, "volumes", name);
    }
}
