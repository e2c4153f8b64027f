namespace Midwatch.LocalCluster.Controllers;

/// <summary>
/// Which pods go first when there are too many: k8s.io/kubernetes/pkg/controller, ActivePodsWithRanks.
/// </summary>
internal sealed class PodDeletionOrder(IReadOnlyDictionary<string, int> relatedPerNode) : IComparer<PodFacts>
{
    public int Compare(PodFacts? x, PodFacts? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        // 1. Unscheduled before scheduled. 2. Pending before unknown before running. 3. Not ready before ready.
        return Differ((x.Node is not null).CompareTo(y.Node is not null))
            ?? Differ(PhaseRank(x).CompareTo(PhaseRank(y)))
            ?? Differ(x.IsReady.CompareTo(y.IsReady))
            // 4. Cheaper to delete first. 5. The node with more of the same first, to keep them spread.
            ?? Differ(x.DeletionCost.CompareTo(y.DeletionCost))
            ?? Differ(Related(y).CompareTo(Related(x)))
            // 6. Ready for less long first. 7. More restarts first. 8. Younger first.
            ?? Differ((y.ReadySince ?? DateTimeOffset.MaxValue).CompareTo(x.ReadySince ?? DateTimeOffset.MaxValue))
            ?? Differ(y.Restarts.CompareTo(x.Restarts))
            ?? Differ(y.Created.CompareTo(x.Created))
            ?? string.CompareOrdinal(x.Name, y.Name);
    }

    private static int? Differ(int order) => order == 0 ? null : order;

    private static int PhaseRank(PodFacts pod) => pod.Phase switch
    {
        "Pending" => 0,
        "Running" => 2,
        _ => 1,
    };

    private int Related(PodFacts pod) =>
        pod.Node is { } node && relatedPerNode.TryGetValue(node, out var count) ? count : 0;
}
