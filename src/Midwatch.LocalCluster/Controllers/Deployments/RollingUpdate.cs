using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>
/// The arithmetic of a rolling update (k8s.io/kubernetes/pkg/controller/deployment/rolling.go). Old pods are only
/// taken away for new ones that are available, or when they are themselves not.
/// </summary>
internal static class RollingUpdate
{
    /// <summary>
    /// The next step: growing the new set, else shrinking old ones; empty when there is nothing to do now.
    /// </summary>
    public static ImmutableArray<Resize> Next(
        RolloutLimits limits, ReplicaSetFacts newest, ImmutableArray<ReplicaSetFacts> older)
    {
        var wanted = NewSize(limits, newest.Desired, newest.Desired + older.Sum(set => set.Desired));
        return wanted != newest.Desired ? [new(newest, wanted)] : Shrink(limits, newest, older);
    }

    /// <summary>How large the new set may be, given how many replicas all sets have.</summary>
    public static int NewSize(RolloutLimits limits, int current, int total)
    {
        if (current > limits.Desired)
        {
            return limits.Desired;
        }

        var room = limits.Total - total;
        return room <= 0 ? current : current + Math.Min(room, limits.Desired - current);
    }

    private static ImmutableArray<Resize> Shrink(
        RolloutLimits limits, ReplicaSetFacts newest, ImmutableArray<ReplicaSetFacts> older)
    {
        if (older.Sum(set => set.Desired) == 0)
        {
            return [];
        }

        var oldestFirst =
            older.OrderBy(set => set.Created).ThenBy(set => set.Name, StringComparer.Ordinal).ToImmutableArray();
        var newUnavailable = newest.Desired - newest.Available;
        var spare = newest.Desired + older.Sum(set => set.Desired) - limits.Available - newUnavailable;
        if (spare <= 0)
        {
            return [];
        }

        var cleaned = TakeUnhealthy(oldestFirst, spare);
        var shrunk = TakeSurplus(limits, newest, cleaned);
        return [.. shrunk.Where(set => set.Desired != set.Written).Select(set => new Resize(set, set.Desired))];
    }

    // Old replicas that are not available serve nobody: they go first, and cannot block the rollout.
    private static ImmutableArray<ReplicaSetFacts> TakeUnhealthy(ImmutableArray<ReplicaSetFacts> older, int atMost)
    {
        var left = atMost;
        return [.. older.Select(set =>
        {
            var take = Math.Clamp(set.Desired - set.Available, 0, left);
            left -= take;
            return set with { Desired = set.Desired - take };
        })];
    }

    private static ImmutableArray<ReplicaSetFacts> TakeSurplus(
        RolloutLimits limits, ReplicaSetFacts newest, ImmutableArray<ReplicaSetFacts> older)
    {
        var available = newest.Available + older.Sum(set => set.Available);
        var left = Math.Max(0, available - limits.Available);
        return [.. older.Select(set =>
        {
            var take = Math.Min(set.Desired, left);
            left -= take;
            return set with { Desired = set.Desired - take };
        })];
    }
}
