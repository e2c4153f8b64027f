using System.Collections.Immutable;
using System.Diagnostics;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.StatefulSets;

/// <summary>Keeps numbered pods with claims of their own, in order.</summary>
internal sealed class StatefulSetController(ClusterWriter cluster, TimeProvider time) : IController
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    private readonly RevisionStore _revisions = new(cluster);

    public string Name => "statefulset-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is(Kinds.Apps, "statefulsets"))
        {
            return [key];
        }

        if (!key.Is("", "pods"))
        {
            return [];
        }

        return Ownership.Controller(change.Object.Body) is null
            ? PodAdoption.Wanting(cluster.Store, Kinds.Apps, "statefulsets", change.Object)
            : Kinds.OwnerKey(change.Object, "StatefulSet", Kinds.StatefulSet) is { } owner ? [owner] : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { } set || set.IsBeingDeleted)
        {
            return null;
        }

        Adopt(set);
        var now = time.GetUtcNow();
        var update = _revisions.Current(set);
        var known = set.Body.Text("status", "currentRevision") ?? "";
        var current = cluster.Store.Get(Kinds.Revision(key.Namespace, known)) ?? update;
        var steps = new StatefulPlan(set.Body, Owned(set), current.Key.Name, update.Key.Name, now).Next();
        var refused = false;
        foreach (var step in steps)
        {
            refused |= !Do(set, step, current, update);
        }

        var pods = Owned(set);
        var status = StatefulStatus.Of(set.Body, pods, current.Key.Name, update.Key.Name, now);
        cluster.WriteStatus(key, status);
        _revisions.Prune(set, pods.Select(pod => OrdinalPod.Revision(pod) ?? "")
            .Concat([update.Key.Name, current.Key.Name]).ToHashSet(StringComparer.Ordinal));
        return refused ? AfterRefusal : NextAvailable(set, pods, now);
    }

    private ImmutableArray<PodFacts> Owned(StoredObject set) => PodAdoption.Owned(cluster.Store, set);

    // Only pods whose name is one of the set's can be taken in.
    private void Adopt(StoredObject set)
    {
        var query = LabelQuery.OfSelector(set.Body.At("spec", "selector"));
        foreach (var pod in cluster.Store.List("", "pods", set.Key.Namespace))
        {
            if (Ownership.Controller(pod.Body) is null && OrdinalPod.Ordinal(set.Body, pod.Key.Name) is not null
                && !query.IsEmpty && query.Matches(pod.Body) && new PodFacts(pod).IsActive)
            {
                _ = cluster.Mutate(pod.Key, body => PodAdoption.AddOwner(body, set.Body));
            }
        }
    }

    private bool Do(StoredObject set, StatefulStep step, StoredObject current, StoredObject update)
    {
        switch (step)
        {
            case StatefulStep.Create create:
                NeedClaims(set, create.Ordinal);
                var revision = create.FromUpdate ? update : current;
                var pod =
                    OrdinalPod.Make(set.Body, RevisionStore.Template(revision), revision.Key.Name, create.Ordinal);
                var made = cluster.CreatePod(
                    set, pod, Name, name => $"Create Pod {name} in StatefulSet {set.Key.Name} successful");
                return made.Refusal is null;
            case StatefulStep.Delete delete:
                return cluster.DeletePod(
                    set, delete.Pod.Source, Name,
                    $"Delete Pod {delete.Pod.Name} in StatefulSet {set.Key.Name} successful");
            default:
                throw new UnreachableException($"A StatefulSet has no step '{step.GetType().Name}'.");
        }
    }

    private void NeedClaims(StoredObject set, int ordinal)
    {
        foreach (var template in set.Body.Items("spec", "volumeClaimTemplates"))
        {
            var name = OrdinalPod.ClaimName(set.Body, template, ordinal);
            var key = new ObjectKey("", "persistentvolumeclaims", set.Key.Namespace, name);
            if (cluster.Create(key, OrdinalPod.MakeClaim(set.Body, template, ordinal)) is StoreResult.Done)
            {
                var pod = OrdinalPod.Name(set.Body, ordinal);
                cluster.Record(
                    set, "Normal", "SuccessfulCreate",
                    $"Create Claim {name} Pod {pod} in StatefulSet {set.Key.Name} success", Name);
            }
        }
    }

    private static TimeSpan? NextAvailable(StoredObject set, ImmutableArray<PodFacts> pods, DateTimeOffset now)
    {
        var minimum = TimeSpan.FromSeconds(set.Body.Number("spec", "minReadySeconds") ?? 0);
        var due = pods.Where(pod => pod.ReadySince is not null && !pod.IsAvailable(minimum, now))
            .Select(pod => pod.ReadySince!.Value + minimum - now).ToImmutableArray();
        return due.IsEmpty ? null : due.Min();
    }
}
