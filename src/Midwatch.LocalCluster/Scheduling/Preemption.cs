using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>Which less important pods have to leave which node for a pod's sake (defaultpreemption).</summary>
internal sealed record Preemption(string Node, ImmutableList<PlacedPod> Victims)
{
    /// <summary>
    /// Null when nobody's leaving helps. Of several nodes the one is taken where the fewest budgets are broken, then
    /// where the least important pods go, then the fewest, then those that started last. Pure.
    /// </summary>
    public static Preemption? Find(
        JsonObject pod, ImmutableArray<NodeFacts> nodes, ImmutableArray<StoredObject> budgets) =>
        nodes.Select(node => On(pod, node, nodes, budgets)).OfType<Preemption>()
            .OrderBy(found => found.Victims.Count(victim => IsProtected(victim, budgets)))
            .ThenBy(found => found.Victims.Max(victim => victim.Priority))
            .ThenBy(found => found.Victims.Sum(victim => victim.Priority))
            .ThenBy(found => found.Victims.Count)
            .ThenByDescending(found => found.Victims.Min(Started))
            .ThenByDescending(found => found.Victims.Min(victim => victim.Source.Uid),
                StringComparer.Ordinal)
            .FirstOrDefault();

    private static Preemption? On(
        JsonObject pod, NodeFacts node, ImmutableArray<NodeFacts> nodes, ImmutableArray<StoredObject> budgets)
    {
        var priority = NodeFacts.Priority(pod);
        var lower = node.Pods.Where(there => there.Priority < priority).ToImmutableArray();
        if (lower.IsEmpty || NodeFilter.Check(pod, node, nodes).Any(obstacle => !obstacle.Removable))
        {
            return null;
        }

        var rest = node with { Pods = node.Pods.RemoveRange(lower) };
        if (!Fits(rest))
        {
            return null;
        }

        // The important ones, those under a budget and those that have been there for long may stay if there is room.
        var victims = ImmutableList<PlacedPod>.Empty;
        foreach (var one in lower.OrderByDescending(each => IsProtected(each, budgets))
            .ThenByDescending(each => each.Priority).ThenBy(Started))
        {
            var with = rest with { Pods = rest.Pods.Add(one) };
            if (Fits(with))
            {
                rest = with;
            }
            else
            {
                victims = victims.Add(one);
            }
        }

        return new Preemption(node.Name, victims);

        bool Fits(NodeFacts changed) => NodeFilter.Check(pod, changed, nodes.Replace(node, changed)).IsEmpty;
    }

    private static bool IsProtected(PlacedPod pod, ImmutableArray<StoredObject> budgets) => budgets.Any(budget =>
        budget.Key.Namespace == pod.Source.Key.Namespace
        && LabelQuery.OfSelector(budget.Body.At("spec", "selector")).Matches(pod.Body)
        && budget.Body.Count("status", "disruptionsAllowed") <= 0);

    private static DateTimeOffset Started(PlacedPod pod) =>
        pod.Body.Time("status", "startTime") ?? pod.Body.Time("metadata", "creationTimestamp")
            ?? DateTimeOffset.MaxValue;
}
