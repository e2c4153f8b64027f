using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.Volumes;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Objects.Schema;

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
            if (MakeFolder(pod, volume, folder) is { } missing)
            {
                failures = failures.Add(missing);
                continue;
            }

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
        var isGiven = pod.Items("spec", "volumes").SelectMany(volume => volume.Items("projected", "sources"))
            .Any(source => source.At("serviceAccountToken") is not null);
        if (!declined && !isGiven)
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

    /// <summary>The name and folder or disk of the pod's volume that is this claim; null when it has none.</summary>
    public (string Volume, string Source)? SourceOf(JsonObject pod, string claim) =>
        pod.Items("spec", "volumes")
            .Where(volume => volume.Text("persistentVolumeClaim", "claimName") == claim)
            .Select(volume => volume.Text("name") ?? "")
            .Select(name => ((string, string)?)(name, FolderOf(pod, pod.Items("spec", "volumes")
                .First(volume => volume.Text("name") == name), name)))
            .FirstOrDefault();

    // What a pod writes to is open to whomever its containers run as.
    private string? MakeFolder(JsonObject pod, JsonObject volume, string folder)
    {
        if (ClaimDisk.IsDisk(folder))
        {
            var claim = volume.Text("persistentVolumeClaim", "claimName") ?? "";
            var ns = pod.Text("metadata", "namespace") ?? "default";
            var body = options.Store.Get(new("", "persistentvolumeclaims", ns, claim))?.Body;
            var bytes = Quantity.ParseNano(body.Text("status", "capacity", "storage") ?? "") / 1_000_000_000;
            if (body is null)
            {
                return $"MountVolume.SetUp failed for volume \"{claim}\" : persistentvolumeclaim \"{claim}\" not found";
            }

            // Pods that share a claim come up at the same time; the first makes the disk.
            lock (options.ClaimGate)
            {
                return ClaimDisk.Make(options.Starter, folder, (long)(bytes ?? 0))
                    ?? ClaimGrowth.Finish(options, new("", "persistentvolumeclaims", ns, claim), body, folder);
            }
        }

        _ = Directory.CreateDirectory(folder);
        if (volume.At("emptyDir") is not null || volume.At("persistentVolumeClaim") is not null)
        {
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        }

        return null;
    }

    // A volume that somebody made is where he says, on the node; what is kept elsewhere (NFS, a cloud's disk) has a
    // folder of the volume's own, so that it outlives its claim. Null for one that the cluster made.
    private string? HandMade(JsonObject volume, string name)
    {
        if (volume.Text("metadata", "annotations", ClaimClass.ProvisionedBy) is not null)
        {
            return null;
        }

        var path = volume.Text("spec", "hostPath", "path") ?? volume.Text("spec", "local", "path");
        return path is null
            ? Path.Combine(_nodeDirectory, "volumes", name)
            : ContainerRoot.At(Path.Combine(_nodeDirectory, "host"), path);
    }

    private string FolderOf(JsonObject pod, JsonObject volume, string name)
    {
        if (volume.Text("hostPath", "path") is { } hostPath)
        {
            return ContainerRoot.At(Path.Combine(_nodeDirectory, "host"), hostPath);
        }

        if (volume.Text("persistentVolumeClaim", "claimName") is not { } claim)
        {
            return Path.Combine(podDirectory, "volumes", name);
        }

        var ns = pod.Text("metadata", "namespace") ?? "default";
        var folder = Path.Combine(_nodeDirectory, "claims", ns, claim);
        var bound = options.Store.Get(new("", "persistentvolumeclaims", ns, claim))?.Body.Text("spec", "volumeName");
        if (bound is not null && options.Store.Get(new("", "persistentvolumes", null, bound)) is { } volumeObject
            && HandMade(volumeObject.Body, bound) is { } place)
        {
            return place;
        }

        return options.Places.HasDisks ? ClaimDisk.FileOf(folder) : folder;
    }
}
