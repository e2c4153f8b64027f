using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>
/// Scaling a Deployment in the middle of a rollout (deployment/sync.go, <c>scale</c>): the change is shared out among
/// the live ReplicaSets by their size, so that the rollout keeps its proportions.
/// </summary>
internal static class ProportionalScale
{
    public static ImmutableArray<Resize> Next(
        RolloutLimits limits, ReplicaSetFacts? newest, ImmutableArray<ReplicaSetFacts> older, bool isRolling)
    {
        ImmutableArray<ReplicaSetFacts> all = newest is null ? older : [newest, .. older];
        var active = all.Where(set => set.Desired > 0).OrderByDescending(set => set.Created).ToImmutableArray();
        if (active.Length <= 1)
        {
            var only = active.FirstOrDefault() ?? newest ?? older.MaxBy(set => set.Revision);
            return only is null || only.Desired == limits.Desired ? [] : [new(only, limits.Desired)];
        }

        if (newest is not null && IsSaturated(limits, newest))
        {
            return [.. older.Where(set => set.Desired > 0).Select(set => new Resize(set, 0))];
        }

        return isRolling ? ShareOut(limits, active) : [];
    }

    private static bool IsSaturated(RolloutLimits limits, ReplicaSetFacts newest) =>
        newest.Desired == limits.Desired && newest.DesiredAnnotation == limits.Desired
            && newest.Available == limits.Desired;

    private static ImmutableArray<Resize> ShareOut(RolloutLimits limits, ImmutableArray<ReplicaSetFacts> active)
    {
        var allowed = limits.Desired > 0 ? limits.Total : 0;
        var toAdd = allowed - active.Sum(set => set.Desired);
        // Larger sets get their share first; among equals growth favours the newer and shrinking the older.
        var sorted = toAdd > 0
            ? active.OrderByDescending(set => set.Desired).ThenByDescending(set => set.Created)
            : active.OrderByDescending(set => set.Desired).ThenBy(set => set.Created);
        var sizes = new List<Resize>();
        var added = 0;
        foreach (var set in sorted)
        {
            var share = toAdd == 0 ? 0 : Share(limits, set, toAdd, added);
            added += share;
            sizes.Add(new(set, set.Desired + share));
        }

        // Rounding leaves a few over: the largest takes them.
        sizes[0] = sizes[0] with { Replicas = Math.Max(0, sizes[0].Replicas + toAdd - added) };
        return [.. sizes];
    }

    private static int Share(RolloutLimits limits, ReplicaSetFacts set, int toAdd, int added)
    {
        if (set.Desired == 0 || toAdd == added)
        {
            return 0;
        }

        var before = set.MaxAnnotation is > 0 and { } max ? max : limits.Desired;
        var after = limits.Desired > 0 ? limits.Total : 0;
        var share = limits.Desired == 0
            ? -set.Desired
            : (int)Math.Round((double)set.Desired * after / before, MidpointRounding.AwayFromZero) - set.Desired;
        var left = toAdd - added;
        return toAdd > 0 ? Math.Min(share, left) : Math.Max(share, left);
    }
}
