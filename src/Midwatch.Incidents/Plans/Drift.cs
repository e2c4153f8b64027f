using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Cluster;

namespace Midwatch.Incidents.Plans;

/// <summary>Holds what is there now against what was approved.</summary>
public static class Drift
{
    /// <summary>Compares the cluster and the targets of one command with what they should be.</summary>
    /// <param name="expected">The targets as sealed, moved on by what the plan itself has done since.</param>
    /// <returns>Each difference in one sentence; empty when nothing differs.</returns>
    public static ImmutableArray<string> Between(
        Seal seal, ImmutableArray<TargetSnapshot> expected, Sighting seen)
    {
        var drifts = ImmutableArray.CreateBuilder<string>();
        if (seen.Cluster != seal.Cluster)
        {
            drifts.Add($"The cluster is another one: {seen.Cluster?.Server ?? "it does not answer"} "
                + $"instead of {seal.Cluster.Server}.");
        }

        if (seen.FindingsHash is { } findings && findings != seal.FindingsHash)
        {
            drifts.Add("The findings that chose the scenario have changed.");
        }

        foreach (var target in expected)
        {
            var now = seen.Targets.FirstOrDefault(each => each.Key == target.Key);
            if (Describe(target, now) is { } difference)
            {
                drifts.Add(difference);
            }
        }

        return drifts.ToImmutable();
    }

    /// <summary>What an action has left behind must be exactly one generation further, or as it was.</summary>
    /// <returns>Each surprise in one sentence; empty when there is none.</returns>
    public static ImmutableArray<string> After(
        ImmutableArray<TargetSnapshot> before, ImmutableArray<TargetSnapshot> after)
    {
        var surprises = ImmutableArray.CreateBuilder<string>();
        foreach (var target in before)
        {
            var now = after.FirstOrDefault(each => each.Key == target.Key);
            if (target.Generation is { } was && now?.Generation is { } generation && generation > was + 1)
            {
                surprises.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target.Display} moved from generation {was} to {generation}: somebody else changed it as well."));
            }
        }

        return surprises.ToImmutable();
    }

    private static string? Describe(TargetSnapshot expected, TargetSnapshot? now)
    {
        if (now is null)
        {
            return $"{expected.Display} could not be looked at again.";
        }

        if (!now.Uids.SequenceEqual(expected.Uids, StringComparer.Ordinal))
        {
            return expected.Name is null
                ? $"{expected.Display} matches other objects than when it was approved."
                : $"{expected.Display} is another object than the one that was approved.";
        }

        if (now.Generation != expected.Generation)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{expected.Display} is at generation {now.Generation}, approved at {expected.Generation}.");
        }

        return now.SpecHash == expected.SpecHash ? null : $"The spec of {expected.Display} has changed.";
    }
}

/// <summary>What was seen right before acting.</summary>
/// <param name="Cluster">The cluster's identity; null when it did not answer.</param>
/// <param name="FindingsHash">The findings as looked at again; null when they were not.</param>
public sealed record Sighting(
    ClusterIdentity? Cluster, ImmutableArray<TargetSnapshot> Targets, string? FindingsHash = null);
