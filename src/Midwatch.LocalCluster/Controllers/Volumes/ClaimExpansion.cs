using System.Numerics;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Controllers.Volumes;

/// <summary>
/// The control plane's part of growing a claim, as an external resizer does it: the volume is larger at once, the file
/// system on it when the node gets to it.
/// </summary>
internal sealed class ClaimExpansion(ClusterWriter cluster, StoredObject claim, DateTimeOffset now)
{
    private const string Component = "volume_expand";
    private const string Pending = "FileSystemResizePending";

    public void Run()
    {
        var wanted = claim.Body.Text("spec", "resources", "requests", "storage") ?? "";
        if (Amount(wanted) <= Amount(claim.Body.Text("status", "capacity", "storage") ?? "")
            || Conditions.Find(claim.Body.At("status"), Pending) is not null || !IsExpandable())
        {
            return;
        }

        if (claim.Body.Text("spec", "volumeName") is { Length: > 0 } volume)
        {
            _ = cluster.Mutate(new ObjectKey("", "persistentvolumes", null, volume),
                body => body.Need("spec", "capacity")["storage"] = wanted);
        }

        var condition = Conditions.Make(Pending, "True", "", "Waiting for user to (re-)start a pod to finish file "
            + "system resize of volume on node.", now);
        _ = condition.Remove("reason");
        _ = condition.Remove("lastUpdateTime");
        _ = cluster.Mutate(claim.Key, body => Conditions.Set(body.Need("status"), condition));
        cluster.Record(claim, "Normal", "Resizing", $"External resizer is resizing volume pvc-{claim.Uid}", Component);
        cluster.Record(claim, "Normal", "FileSystemResizeRequired", "Require file system resize of volume on node",
            Component);
    }

    private bool IsExpandable() =>
        cluster.Store.Get(new ObjectKey(
            "storage.k8s.io", "storageclasses", null, claim.Body.Text("spec", "storageClassName") ?? ""))
            ?.Body.Flag("allowVolumeExpansion") == true;

    private static BigInteger Amount(string text) => Quantity.ParseNano(text) ?? BigInteger.Zero;
}
