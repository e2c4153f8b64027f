using System.Collections.Immutable;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>Scales workloads by what their pods use (k8s.io/kubernetes/pkg/controller/podautoscaler).</summary>
/// <param name="usage">What the nodes measured last; default where nobody serves it.</param>
internal sealed class AutoscalerController(
    ClusterWriter cluster, TimeProvider time, Func<ImmutableArray<UsageSample>> usage) : IController
{
    public const string Component = "horizontal-pod-autoscaler";

    // --horizontal-pod-autoscaler-sync-period
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    private readonly Dictionary<string, (ScalingMemory Memory, DateTimeOffset Last)> _known = [];

    public string Name => Component;

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        var key = change.Object.Key;
        // Its own status is no reason to look again; the clock is, and a new spec.
        return key.Is("autoscaling", "horizontalpodautoscalers")
            && (change.Previous is not { } before || change.Type == StoreEventType.Deleted
                || !System.Text.Json.Nodes.JsonNode.DeepEquals(before.Body["spec"], change.Object.Body["spec"]))
            ? [key]
            : [];
    }

    public TimeSpan? Reconcile(ObjectKey key)
    {
        if (cluster.Store.Get(key) is not { IsBeingDeleted: false } autoscaler)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var memory = _known.TryGetValue(autoscaler.Uid, out var known) ? known.Memory : new ScalingMemory();
        _known[autoscaler.Uid] = (memory, now);
        foreach (var (uid, _) in _known.Where(each => each.Value.Last < now - Forgotten).ToList())
        {
            _ = _known.Remove(uid);
        }

        new AutoscalerPass(cluster, autoscaler, memory, now).Run(usage());
        return Period;
    }
}
