using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Schema;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Kubelet.Volumes;

/// <summary>The node's part of growing a claim: its file system grows under the pod that uses it.</summary>
internal sealed class ClaimGrowth(KubeletOptions options, Func<IEnumerable<PodWorker>> workers)
{
    /// <summary>Follows claims until it is cancelled.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            using var watch = options.Store.Watch("", "persistentvolumeclaims", null, null);
            await foreach (var change in watch.WithCancellation(ct))
            {
                if (change.Type != StoreEventType.Deleted && IsAsked(change.Object.Body))
                {
                    Grow(change.Object);
                }
            }
        }
    }

    private static bool IsAsked(JsonObject claim) =>
        Conditions.Find(claim.At("status"), "FileSystemResizePending").Text("status") == "True";

    /// <summary>Grows a claim before it is mounted, where it could not be done under the pod that used it.</summary>
    public static string? Finish(KubeletOptions options, ObjectKey key, JsonObject claim, string disk)
    {
        var wanted = claim.Text("spec", "resources", "requests", "storage") ?? "";
        if (!IsAsked(claim) || Quantity.ParseNano(wanted) is not { } nano || !PlaceDisk.IsFree(disk))
        {
            return null;
        }

        var failure = ClaimDisk.Grow(options.Starter, disk, (long)(nano / 1_000_000_000));
        if (failure is null)
        {
            Note(options, key, wanted);
        }

        return failure;
    }

    private static void Note(KubeletOptions options, ObjectKey claim, string size) =>
        _ = options.Store.Mutate(claim, body =>
        {
            var status = body.Need("status");
            status.Need("capacity")["storage"] = size;
            Conditions.Remove(status, "FileSystemResizePending");
        });

    private void Grow(StoredObject claim)
    {
        var wanted = claim.Body.Text("spec", "resources", "requests", "storage") ?? "";
        if (Quantity.ParseNano(wanted) is not { } nano)
        {
            return;
        }

        foreach (var worker in workers())
        {
            if (worker.Mounted(claim.Key) is not { } mounted)
            {
                continue;
            }

            var bytes = (long)(nano / 1_000_000_000);
            // Growing under a program needs CAP_SYS_RESOURCE; without it the claim waits for its pod to start anew,
            // as its condition says.
            if (mounted.Place is { } place && ClaimDisk.IsDisk(mounted.Source)
                && PlaceDisk.Grow(place, mounted.Target, mounted.Source, bytes) is not null)
            {
                return;
            }

            Note(options, claim.Key, wanted);
            worker.Record("Normal", "FileSystemResizeSuccessful",
                $"MountVolume.NodeExpandVolume succeeded for volume \"pvc-{claim.Uid}\" {options.NodeName}");
            return;
        }
    }
}
