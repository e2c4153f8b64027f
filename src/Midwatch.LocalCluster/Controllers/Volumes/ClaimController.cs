using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Volumes;

/// <summary>
/// Gives each PersistentVolumeClaim a volume: a folder of the node, as a hostPath provisioner does, and in the place of
/// every other provisioner.
/// </summary>
/// <param name="hasProvisioners">False where nobody makes volumes: then claims wait for somebody who does.</param>
/// <param name="folder">Where the kubelet makes claims' folders, by namespace and name, when it mounts them.</param>
internal sealed class ClaimController(
    ClusterWriter cluster, TimeProvider time, string folder, bool hasProvisioners = true) : IController
{
    private const string Component = "persistentvolume-controller";
    private const string NoProvisioner = "kubernetes.io/no-provisioner";

    private readonly StaticBinding _binding = new(cluster);

    public string Name => Component;

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("", "persistentvolumeclaims"))
        {
            return [key];
        }

        var isClass = key.Is("storage.k8s.io", "storageclasses") && change.Type == StoreEventType.Added;
        var isVolume = key.Is("", "persistentvolumes") && change.Type != StoreEventType.Deleted;
        var waiting = isClass || isVolume
            ? cluster.Store.List("", "persistentvolumeclaims", null)
                .Where(claim => claim.Body.Text("status", "phase") != "Bound").Select(claim => claim.Key)
            : [];
        return isVolume ? waiting.Prepend(key) : waiting;
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (key.Is("", "persistentvolumes"))
        {
            if (cluster.Store.Get(key) is { IsBeingDeleted: false } volume)
            {
                _binding.Tell(volume);
            }

            return null;
        }

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

        Provide(claim);
        return null;
    }

    private void Provide(StoredObject claim)
    {
        var name = ClaimClass.NameOf(cluster.Store, claim.Body);
        var @class = ClaimClass.Of(cluster.Store, claim.Body);
        var waits = @class is { WaitsForPod: true }
            && claim.Body.Text("metadata", "annotations", ClaimClass.SelectedNode) is null;
        if (claim.Body.Text("spec", "volumeName") is { Length: > 0 } wanted)
        {
            if (_binding.BindNamed(claim, name, wanted) is var (reason, message))
            {
                Say("Warning", reason, message);
            }
        }
        else if (!waits && _binding.TryBind(claim, name))
        {
            // Somebody had made a volume that fits.
            return;
        }
        else if (name.Length == 0 || (@class is { Provisioner: NoProvisioner } && !waits))
        {
            Say("Normal", "FailedBinding",
                "no persistent volumes available for this claim and no storage class is set");
        }
        else if (@class is null)
        {
            Say("Warning", "ProvisioningFailed", $"storageclass.storage.k8s.io \"{name}\" not found");
        }
        else if (waits)
        {
            Say("Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
        }
        else if (hasProvisioners)
        {
            Bind(claim, @class);
        }
        else
        {
            _ = cluster.Mutate(claim.Key, body => NameProvisioner(body, @class));
            Say("Normal", "ExternalProvisioning", "Waiting for a volume to be created either by the external "
                + $"provisioner '{@class.Provisioner}' or manually by the system administrator. If volume creation is "
                + "delayed, please verify that the provisioner is running and correctly registered.");
        }

        void Say(string type, string reason, string message) =>
            cluster.Record(claim, type, reason, message, Component);
    }

    private static void NameProvisioner(JsonObject claim, ClaimClass @class)
    {
        var annotations = claim.Need("metadata", "annotations");
        annotations["volume.beta.kubernetes.io/storage-provisioner"] = @class.Provisioner;
        annotations["volume.kubernetes.io/storage-provisioner"] = @class.Provisioner;
    }

    private void Bind(StoredObject claim, ClaimClass @class)
    {
        var name = "pvc-" + claim.Uid;
        _ = cluster.Create(new ObjectKey("", "persistentvolumes", null, name), Volume(claim, name, @class));
        _ = cluster.Mutate(claim.Key, body =>
        {
            var annotations = body.Need("metadata", "annotations");
            annotations["pv.kubernetes.io/bind-completed"] = "yes";
            annotations["pv.kubernetes.io/bound-by-controller"] = "yes";
            body.Need("spec")["volumeName"] = name;
            NameProvisioner(body, @class);
            body.Need("spec")["storageClassName"] = @class.Name;
            body["status"] = new JsonObject
            {
                ["phase"] = "Bound",
                ["accessModes"] = body.At("spec", "accessModes")?.DeepClone(),
                ["capacity"] = body.At("spec", "resources", "requests")?.DeepClone(),
            };
        });
    }

    private JsonObject Volume(StoredObject claim, string name, ClaimClass @class) => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "PersistentVolume",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["annotations"] = new JsonObject { [ClaimClass.ProvisionedBy] = @class.Provisioner },
        },
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
            ["storageClassName"] = @class.Name,
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
            if (reference.Text("name") != claim.Name || reference.Text("namespace") != claim.Namespace)
            {
                continue;
            }

            _binding.Tell(volume);
            if (volume.Body.Text("spec", "persistentVolumeReclaimPolicy") == "Delete")
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
