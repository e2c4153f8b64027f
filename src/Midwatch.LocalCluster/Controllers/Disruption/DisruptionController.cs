using System.Collections.Immutable;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Disruption;

/// <summary>
/// Keeps the status of PodDisruptionBudgets: how many pods may be evicted now
/// (k8s.io/kubernetes/pkg/controller/disruption).
/// </summary>
internal sealed class DisruptionController(ClusterWriter cluster, TimeProvider time) : IController
{
    public string Name => "controllermanager";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is("policy", "poddisruptionbudgets"))
        {
            return [key];
        }

        // A workload's size counts where a share or what may be away is asked for.
        var concerns = key.Is("", "pods") || (key.Group == Kinds.Apps
            && key.Plural is "deployments" or "replicasets" or "statefulsets");
        return concerns
            ? cluster.Store.List("policy", "poddisruptionbudgets", key.Namespace).Select(budget => budget.Key)
            : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { IsBeingDeleted: false } budget)
        {
            return null;
        }

        var selector = budget.Body.At("spec", "selector");
        var query = LabelQuery.OfSelector(selector);
        ImmutableArray<PodFacts> pods =
        [
            .. cluster.Store.List("", "pods", key.Namespace)
                .Where(pod => selector is not null && query.Matches(pod.Body))
                .Select(pod => new PodFacts(pod)).Where(pod => !pod.IsFinished),
        ];
        if (pods.IsEmpty && budget.Body.At("status", "expectedPods") is null)
        {
            cluster.Record(budget, "Normal", "NoPods", "No matching pods found", Name);
        }

        // Out of the budget as it is at that moment: an eviction may just have been allowed.
        var (expected, now) = (Expected(pods), time.GetUtcNow());
        _ = cluster.Mutate(key, body => body["status"] = DisruptionStatus.Of(body, pods, expected, now));
        return null;
    }

    /// <summary>How many pods the workloads of these pods want together; pods of none count one each.</summary>
    private int Expected(ImmutableArray<PodFacts> pods) =>
        pods.Select(pod => (Pod: pod, Scale: TopOf(pod)))
            .GroupBy(each => each.Scale?.Key.ToString() ?? each.Pod.Name)
            .Sum(group => group.First().Scale is { } scale ? (int)(scale.Body.Number("spec", "replicas") ?? 1) : 1);

    private StoredObject? TopOf(PodFacts pod)
    {
        StoredObject? top = null;
        for (var owner = Owner(pod.Source); owner is not null && top != owner; owner = Owner(owner))
        {
            top = owner;
        }

        return top;
    }

    private StoredObject? Owner(StoredObject owned)
    {
        var reference = Ownership.Controller(owned.Body);
        var plural = reference.Text("kind") switch
        {
            "ReplicaSet" => "replicasets",
            "Deployment" => "deployments",
            "StatefulSet" => "statefulsets",
            _ => null,
        };
        return plural is null
            ? null
            : cluster.Store.Get(new ObjectKey(Kinds.Apps, plural, owned.Key.Namespace, reference.Text("name") ?? ""));
    }
}
