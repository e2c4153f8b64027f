using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.DaemonSets;

/// <summary>Keeps one pod on each node that wants it (k8s.io/kubernetes/pkg/controller/daemon).</summary>
internal sealed class DaemonSetController(ClusterWriter cluster, TimeProvider time) : IController
{
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    private readonly RevisionStore _revisions = new(cluster);

    public string Name => "daemonset-controller";

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        if (key.Is(Kinds.Apps, "daemonsets"))
        {
            return [key];
        }

        if (key.Is("", "nodes"))
        {
            return ChangesPlace(change)
                ? cluster.Store.List(Kinds.Apps, "daemonsets", null).Select(set => set.Key)
                : [];
        }

        if (!key.Is("", "pods"))
        {
            return [];
        }

        return Ownership.Controller(change.Object.Body) is null
            ? PodAdoption.Wanting(cluster.Store, Kinds.Apps, "daemonsets", change.Object)
            : Kinds.OwnerKey(change.Object, "DaemonSet", Kinds.DaemonSet) is { } owner ? [owner] : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { IsBeingDeleted: false } set)
        {
            return null;
        }

        set = NoteTemplate(set);
        PodAdoption.Adopt(cluster, set);
        var now = time.GetUtcNow();
        var revision = _revisions.Current(set);
        var hash = RevisionStore.Hash(revision) ?? "";
        var fits = cluster.Store.List("", "nodes", null)
            .ToImmutableDictionary(node => node.Key.Name, node => DaemonPod.Fits(set.Body, node));
        var wanted = fits.Where(node => node.Value.Runs).Select(node => node.Key).ToImmutableHashSet();
        var isRefused = Place(set, wanted, fits, hash) | Update(set, wanted, hash, now);
        var pods = PodAdoption.Owned(cluster.Store, set);
        cluster.WriteStatus(key, DaemonStatus.Of(set.Body, wanted, pods, hash, now));
        _revisions.Prune(set, pods.Select(pod => pod.Body.Text("metadata", "labels", DaemonPod.RevisionLabel))
            .Select(each => set.Key.Name + "-" + each).Append(revision.Key.Name).ToHashSet(StringComparer.Ordinal));
        return isRefused ? AfterRefusal : NextAvailable(set, pods, now);
    }

    // The annotation that kubectl shows counts the changes of the template, as the API server's strategy does.
    private StoredObject NoteTemplate(StoredObject set)
    {
        var generation = set.Body.Number("metadata", "generation") ?? 1;
        if (!DaemonPod.IsCounted(set) || _revisions.IsNew(set))
        {
            _ = cluster.Mutate(set.Key, body => DaemonPod.SetGeneration(body, generation));
        }

        return cluster.Store.Get(set.Key) ?? set;
    }

    /// <summary>Missing pods come, surplus and failed ones go; true when one was refused.</summary>
    private bool Place(
        StoredObject set, ImmutableHashSet<string> wanted,
        ImmutableDictionary<string, (bool Runs, bool Stays)> fits, string hash)
    {
        var byNode = PodAdoption.Owned(cluster.Store, set).ToLookup(DaemonPod.NodeOf);
        var isRefused = false;
        foreach (var node in byNode.Select(group => group.Key).OfType<string>().Union(wanted).Order())
        {
            var pods = byNode[node].ToList();
            foreach (var failed in pods.Where(pod => pod is { IsFinished: true, IsTerminating: false }))
            {
                cluster.Record(set, "Warning", "FailedDaemonPod",
                    $"Found failed daemon pod {set.Key.Namespace}/{failed.Name} on node {node}, will try to kill it",
                    Name);
                Delete(set, failed);
            }

            var active = pods.Where(pod => pod.IsActive).OrderBy(pod => pod.Created).ToList();
            if (wanted.Contains(node) && pods.Count == 0)
            {
                isRefused |= !Create(set, node, hash);
            }
            else if (!fits.GetValueOrDefault(node).Stays)
            {
                active.ForEach(pod => Delete(set, pod));
            }
        }

        return isRefused;
    }

    private bool Update(StoredObject set, ImmutableHashSet<string> wanted, string hash, DateTimeOffset now)
    {
        var byNode = PodAdoption.Owned(cluster.Store, set)
            .Where(pod => DaemonPod.NodeOf(pod) is { } node && wanted.Contains(node))
            .GroupBy(pod => DaemonPod.NodeOf(pod)!)
            .ToImmutableDictionary(node => node.Key, node => node.ToImmutableArray());
        var next = DaemonUpdate.Next(set.Body, byNode, hash, now);
        foreach (var pod in next.Delete)
        {
            Delete(set, pod);
        }

        var isRefused = false;
        foreach (var node in next.Surge)
        {
            isRefused |= !Create(set, node, hash);
        }

        return isRefused;
    }

    private bool Create(StoredObject set, string node, string hash) =>
        cluster.CreatePod(set, DaemonPod.Make(set.Body, node, hash), Name, static name => "Created pod: " + name)
            .Refusal is null;

    private void Delete(StoredObject set, PodFacts pod) =>
        _ = cluster.DeletePod(set, pod.Source, Name, "Deleted pod: " + pod.Name);

    private static bool ChangesPlace(StoreEvent change) =>
        change.Previous is not { } before || change.Type == StoreEventType.Deleted
        || !JsonNode.DeepEquals(before.Body.At("spec"), change.Object.Body.At("spec"))
        || !JsonNode.DeepEquals(before.Body.At("metadata", "labels"), change.Object.Body.At("metadata", "labels"));

    private static TimeSpan? NextAvailable(StoredObject set, ImmutableArray<PodFacts> pods, DateTimeOffset now)
    {
        var minimum = TimeSpan.FromSeconds(set.Body.Number("spec", "minReadySeconds") ?? 0);
        var due = pods.Where(pod => pod.ReadySince is not null && !pod.IsAvailable(minimum, now))
            .Select(pod => pod.ReadySince!.Value + minimum - now).ToImmutableArray();
        return due.IsEmpty ? null : due.Min();
    }
}
