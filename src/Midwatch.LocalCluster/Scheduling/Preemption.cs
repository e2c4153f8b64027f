using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>Which less important pods have to leave which node for a pod's sake (defaultpreemption).</summary>
internal sealed record Preemption(string Node, ImmutableList<JsonObject> Victims)
{
    /// <summary>
    /// Null when nobody's leaving helps. Of several nodes the one is taken where the fewest budgets are broken, then
    /// where the least important pods go, then the fewest, then those that started last. Pure.
    /// </summary>
    public static Preemption? Find(
        JsonObject pod, ImmutableArray<NodeFacts> nodes, ImmutableArray<StoredObject> budgets) =>
        nodes.Select(node => On(pod, node, nodes, budgets)).OfType<Preemption>()
            .OrderBy(found => found.Victims.Count(victim => IsProtected(victim, budgets)))
            .ThenBy(found => found.Victims.Max(NodeFacts.Priority))
            .ThenBy(found => found.Victims.Sum(NodeFacts.Priority))
            .ThenBy(found => found.Victims.Count)
            .ThenByDescending(found => found.Victims.Min(Started))
            .ThenByDescending(found => found.Victims.Min(victim => victim.Text("metadata", "uid")),
                StringComparer.Ordinal)
            .FirstOrDefault();

    private static Preemption? On(
        JsonObject pod, NodeFacts node, ImmutableArray<NodeFacts> nodes, ImmutableArray<StoredObject> budgets)
    {
        var priority = NodeFacts.Priority(pod);
        var lower = node.Pods.Where(there => NodeFacts.Priority(there) < priority).ToImmutableArray();
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
        var victims = ImmutableList<JsonObject>.Empty;
        foreach (var one in lower.OrderByDescending(each => IsProtected(each, budgets))
            .ThenByDescending(NodeFacts.Priority).ThenBy(Started))
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

    private static bool IsProtected(JsonObject pod, ImmutableArray<StoredObject> budgets) => budgets.Any(budget =>
        budget.Key.Namespace == pod.Text("metadata", "namespace")
        && LabelQuery.OfSelector(budget.Body.At("spec", "selector")).Matches(pod)
        && budget.Body.Count("status", "disruptionsAllowed") <= 0);

    private static DateTimeOffset Started(JsonObject pod) =>
        pod.Time("status", "startTime") ?? pod.Time("metadata", "creationTimestamp") ?? DateTimeOffset.MaxValue;
}
