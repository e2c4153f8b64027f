using System.Collections.Immutable;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.ReplicaSets;

/// <summary>Keeps as many pods of one template as asked for (k8s.io/kubernetes/pkg/controller/replicaset).</summary>
internal sealed class ReplicaSetController(ClusterWriter cluster, TimeProvider time) : IController
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    public string Name => "replicaset-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is(Kinds.Apps, "replicasets"))
        {
            return [key];
        }

        if (!key.Is("", "pods"))
        {
            return key.Is("", "serviceaccounts") ? Refused(key.Namespace) : [];
        }

        if (Ownership.Controller(change.Object.Body) is null)
        {
            return PodAdoption.Wanting(cluster.Store, Kinds.Apps, "replicasets", change.Object);
        }

        return Kinds.OwnerKey(change.Object, "ReplicaSet", Kinds.ReplicaSet) is { } owner ? [owner] : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } set)
        {
            return null;
        }

        string? refusal = null;
        if (!set.IsBeingDeleted)
        {
            PodAdoption.Adopt(cluster, set);
            refusal = Fit(set, Owned(set));
        }

        var now = time.GetUtcNow();
        var pods = Owned(set);
        cluster.WriteStatus(key, ReplicaSetStatus.Of(set.Body, pods, refusal, now));
        return refusal is null ? NextAvailable(set, pods, now) : AfterRefusal;
    }

    private ImmutableArray<PodFacts> Owned(StoredObject set) => PodAdoption.Owned(cluster.Store, set);

    /// <summary>Creates or deletes pods up to the wanted number; returns the first refusal.</summary>
    private string? Fit(StoredObject set, ImmutableArray<PodFacts> owned)
    {
        var active = owned.Where(pod => pod.IsActive).ToImmutableArray();
        var wanted = set.Body.Count("spec", "replicas");
        for (var missing = wanted - active.Length; missing > 0; missing--)
        {
            var pod = PodTemplate.Stamp(set.Body, set.Body.At("spec", "template"));
            if (cluster.CreatePod(set, pod, Name, static name => "Created pod: " + name).Refusal is { } refusal)
            {
                return refusal;
            }
        }

        var related = active.Where(pod => pod.Node is not null)
            .GroupBy(pod => pod.Node!, StringComparer.Ordinal)
            .ToImmutableDictionary(node => node.Key, node => node.Count(), StringComparer.Ordinal);
        foreach (var pod in active.Order(new PodDeletionOrder(related)).Take(Math.Max(0, active.Length - wanted)))
        {
            _ = cluster.DeletePod(set, pod.Source, Name, "Deleted pod: " + pod.Name);
        }

        return null;
    }

    // A pod becomes available by the mere passing of minReadySeconds, which no event tells.
    private static TimeSpan? NextAvailable(StoredObject set, ImmutableArray<PodFacts> pods, DateTimeOffset now)
    {
        var minimum = ReplicaSetStatus.MinReady(set.Body);
        var due = pods
            .Where(pod => pod.IsActive && pod.ReadySince is not null && !pod.IsAvailable(minimum, now))
            .Select(pod => pod.ReadySince!.Value + minimum - now)
            .ToImmutableArray();
        return due.IsEmpty ? null : due.Min();
    }

    private IEnumerable<ObjectKey> Refused(string? ns) =>
        cluster.Store.List(Kinds.Apps, "replicasets", ns)
            .Where(set => Conditions.Find(set.Body.At("status"), "ReplicaFailure") is not null)
            .Select(set => set.Key);
}
