using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Volumes;

/// <summary>
/// Gives each PersistentVolumeClaim a volume at once: a folder of the node, as a hostPath provisioner does.
/// </summary>
/// <param name="folder">Where the kubelet makes claims' folders, by namespace and name, when it mounts them.</param>
internal sealed class ClaimController(ClusterWriter cluster, TimeProvider time, string folder) : IController
{
    public const string DefaultClassAnnotation = "storageclass.kubernetes.io/is-default-class";
    private const string Component = "persistentvolume-controller";

    public string Name => Component;

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("", "persistentvolumeclaims"))
        {
            return [key];
        }

        return key.Is("storage.k8s.io", "storageclasses") && change.Type == StoreEventType.Added
            ? cluster.Store.List("", "persistentvolumeclaims", null)
                .Where(claim => claim.Body.Text("status", "phase") != "Bound").Select(claim => claim.Key)
            : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } claim)
        {
            ReleaseVolume(key);
            return null;
        }

        if (claim.Body.Text("status", "phase") == "Bound" || claim.IsBeingDeleted)
        {
            new ClaimExpansion(cluster, claim, time.GetUtcNow()).Run();
            return null;
        }

        var asked = claim.Body.Text("spec", "storageClassName");
        var @class = asked ?? DefaultClass();
        if (string.IsNullOrEmpty(@class))
        {
            cluster.Record(
                claim, "Normal", "FailedBinding",
                "no persistent volumes available for this claim and no storage class is set", Component);
        }
        else if (cluster.Store.Get(new ObjectKey("storage.k8s.io", "storageclasses", null, @class)) is null)
        {
            cluster.Record(
                claim, "Warning", "ProvisioningFailed",
                $"storageclass.storage.k8s.io \"{@class}\" not found", Component);
        }
        else
        {
            Bind(claim, @class);
        }

        return null;
    }

    private string? DefaultClass() =>
        cluster.Store.List("storage.k8s.io", "storageclasses", null)
            .FirstOrDefault(
                found => found.Body.Text("metadata", "annotations", DefaultClassAnnotation) == "true")?.Key.Name;

    private void Bind(StoredObject claim, string @class)
    {
        var name = "pvc-" + claim.Uid;
        _ = cluster.Create(new ObjectKey("", "persistentvolumes", null, name), Volume(claim, name, @class));
        _ = cluster.Mutate(claim.Key, body =>
        {
            var annotations = body.Need("metadata", "annotations");
            annotations["pv.kubernetes.io/bind-completed"] = "yes";
            annotations["pv.kubernetes.io/bound-by-controller"] = "yes";
            body.Need("spec")["volumeName"] = name;
            body.Need("spec")["storageClassName"] = @class;
            body["status"] = new JsonObject
            {
                ["phase"] = "Bound",
                ["accessModes"] = body.At("spec", "accessModes")?.DeepClone(),
                ["capacity"] = body.At("spec", "resources", "requests")?.DeepClone(),
            };
        });
    }

    private JsonObject Volume(StoredObject claim, string name, string @class) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "PersistentVolume",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["accessModes"] = claim.Body.At("spec", "accessModes")?.DeepClone(),
            ["capacity"] = claim.Body.At("spec", "resources", "requests")?.DeepClone(),
            ["claimRef"] = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "PersistentVolumeClaim",
                ["name"] = claim.Key.Name,
                ["namespace"] = claim.Key.Namespace,
                ["uid"] = claim.Uid,
            },
            ["hostPath"] = new JsonObject
            {
                ["path"] = Path.Combine(folder, claim.Key.Namespace ?? "default", claim.Key.Name),
                ["type"] = "DirectoryOrCreate",
            },
            ["persistentVolumeReclaimPolicy"] = "Delete",
            ["storageClassName"] = @class,
            ["volumeMode"] = "Filesystem",
        },
        ["status"] = new JsonObject { ["phase"] = "Bound" },
    };

    // Reclaim policy Delete: the volume goes with its claim, and what was in it with the volume.
    private void ReleaseVolume(ObjectKey claim)
    {
        foreach (var volume in cluster.Store.List("", "persistentvolumes", null))
        {
            var reference = volume.Body.At("spec", "claimRef");
            if (reference.Text("name") == claim.Name && reference.Text("namespace") == claim.Namespace
                && volume.Body.Text("spec", "persistentVolumeReclaimPolicy") == "Delete")
            {
                cluster.Delete(volume.Key);
                var path = volume.Body.Text("spec", "hostPath", "path");
                if (path is not null && path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    DeleteFiles(path);
                }
            }
        }
    }

    // A folder, or a disk: it depends on what the machine lets the kubelet have.
    private static void DeleteFiles(string path)
    {
        File.Delete(path + ".disk");
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
