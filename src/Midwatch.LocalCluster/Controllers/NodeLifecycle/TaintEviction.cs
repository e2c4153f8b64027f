using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Scheduling;

namespace Midwatch.LocalCluster.Controllers.NodeLifecycle;

/// <summary>
/// Deletes pods from nodes with a NoExecute taint, once they have tolerated it as long as they say
/// (k8s.io/kubernetes/pkg/controller/tainteviction).
/// </summary>
internal sealed class TaintEviction(ClusterWriter cluster, TimeProvider time) : IController
{
    public string Name => "taint-eviction-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("", "pods"))
        {
            return new PodFacts(change.Object).Node is not null && change.Type != StoreEventType.Deleted ? [key] : [];
        }

        var isTainted = key.Is("", "nodes") && (HasNoExecute(change.Object)
            || (change.Previous is { } before && HasNoExecute(before)));
        return isTainted
            ? cluster.Store.List("", "pods", null).Where(pod => new PodFacts(pod).Node == key.Name)
                .Select(pod => pod.Key)
            : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { IsBeingDeleted: false } pod
            || new PodFacts(pod) is not { IsFinished: false, Node: { } name }
            || cluster.Store.Get(new ObjectKey("", "nodes", null, name)) is not { } node)
        {
            return null;
        }

        var now = time.GetUtcNow();
        TimeSpan? soonest = null;
        foreach (var taint in node.Body.Items("spec", "taints").Where(taint => taint.Text("effect") == "NoExecute"))
        {
            if (Remaining(pod.Body, taint, now) is { } left && (soonest is null || left < soonest))
            {
                soonest = left;
            }
        }

        if (soonest is not { } wait || wait > TimeSpan.Zero)
        {
            return soonest;
        }

        var condition = Conditions.Make(
            "DisruptionTarget", "True", "DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint",
            now);
        _ = condition.Remove("lastUpdateTime");
        _ = cluster.Mutate(key, body => Conditions.Set(body.Need("status"), condition));
        cluster.Record(pod, "Normal", "TaintManagerEviction",
            $"Marking for deletion Pod {key.Namespace}/{key.Name}", Name, isByNameOnly: true);
        _ = cluster.Store.Delete(key, new DeleteOptions(Uid: pod.Uid));
        return null;
    }

    /// <summary>How long the pod may stay; null for ever.</summary>
    private static TimeSpan? Remaining(JsonObject pod, JsonObject taint, DateTimeOffset now)
    {
        var toleration = Tolerations.Find(
            pod, taint.Text("key") ?? "", taint.Text("value") ?? "", taint.Text("effect") ?? "");
        if (toleration is null)
        {
            return TimeSpan.Zero;
        }

        return toleration.Number("tolerationSeconds") is { } seconds
            ? (taint.Time("timeAdded") ?? now).AddSeconds(seconds) - now
            : null;
    }

    private static bool HasNoExecute(StoredObject node) =>
        node.Body.Items("spec", "taints").Any(taint => taint.Text("effect") == "NoExecute");
}
