using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Volumes;

/// <summary>Binds claims to volumes that somebody made by hand, and tells the state of such volumes.</summary>
internal sealed class StaticBinding(ClusterWriter cluster)
{
    /// <summary>Binds the claim to a volume that is there; false when none fits, so that one may be made.</summary>
    public bool TryBind(StoredObject claim, string @class)
    {
        if (VolumeMatch.Find(claim, @class, cluster.Store.List("", "persistentvolumes", null)) is not { } volume)
        {
            return false;
        }

        Bind(claim, volume);
        return true;
    }

    /// <summary>Binds the claim to the volume that it names itself; the event of what is in the way, or null.</summary>
    public (string Reason, string Message)? BindNamed(StoredObject claim, string @class, string name)
    {
        if (cluster.Store.Get(Key(name)) is not { } volume)
        {
            return null;
        }

        if (!VolumeMatch.IsFree(volume.Body) && !VolumeMatch.IsFor(volume.Body, claim))
        {
            return ("FailedBinding", $"volume \"{name}\" already bound to a different claim.");
        }

        if (VolumeMatch.Refusal(claim.Body, @class, volume.Body) is { } refusal)
        {
            return ("VolumeMismatch", $"Cannot bind to requested volume \"{name}\": {refusal}");
        }

        Bind(claim, volume);
        return null;
    }

    /// <summary>Available, Bound or Released, by who has the volume.</summary>
    public void Tell(StoredObject volume)
    {
        var reference = volume.Body.At("spec", "claimRef");
        var owner = cluster.Store.Get(new ObjectKey(
            "", "persistentvolumeclaims", reference.Text("namespace"), reference.Text("name") ?? ""));
        var isBound = owner?.Body.Text("spec", "volumeName") == volume.Key.Name
            && VolumeMatch.IsFor(volume.Body, owner);
        var phase = isBound ? "Bound" : reference.Text("uid") is { Length: > 0 } ? "Released" : "Available";
        if (volume.Body.Text("status", "phase") != phase)
        {
            _ = cluster.Mutate(volume.Key, body => body.Need("status")["phase"] = phase);
        }
    }

    private void Bind(StoredObject claim, StoredObject volume)
    {
        var byController = claim.Body.Text("spec", "volumeName") is null;
        _ = cluster.Mutate(volume.Key, body =>
        {
            if (VolumeMatch.IsFree(body))
            {
                body.Need("metadata", "annotations")["pv.kubernetes.io/bound-by-controller"] = "yes";
            }

            body.Need("spec")["claimRef"] = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "PersistentVolumeClaim",
                ["name"] = claim.Key.Name,
                ["namespace"] = claim.Key.Namespace,
                ["uid"] = claim.Uid,
            };
            body.Need("status")["phase"] = "Bound";
        });
        _ = cluster.Mutate(claim.Key, body =>
        {
            var annotations = body.Need("metadata", "annotations");
            annotations["pv.kubernetes.io/bind-completed"] = "yes";
            if (byController)
            {
                annotations["pv.kubernetes.io/bound-by-controller"] = "yes";
            }

            body.Need("spec")["volumeName"] = volume.Key.Name;
            body["status"] = new JsonObject
            {
                ["phase"] = "Bound",
                ["accessModes"] = volume.Body.At("spec", "accessModes")?.DeepClone(),
                ["capacity"] = volume.Body.At("spec", "capacity")?.DeepClone(),
            };
        });
    }

    private static ObjectKey Key(string volume) => new("", "persistentvolumes", null, volume);
}
