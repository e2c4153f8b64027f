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
        // Afterwards the clock alone is a reason to look again, as in Kubernetes: a new spec waits its turn.
        return key.Is("autoscaling", "horizontalpodautoscalers") && change.Previous is null ? [key] : [];
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

        if (known.Memory is not null)
        {
            new AutoscalerPass(cluster, autoscaler, memory, now).Run(usage());
        }

        return Period;
    }
}
