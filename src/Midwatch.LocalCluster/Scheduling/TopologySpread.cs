using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>topologySpreadConstraints that must hold: how unevenly pods may lie over zones or nodes.</summary>
internal static class TopologySpread
{
    private const string Message = "node(s) didn't match pod topology spread constraints";

    /// <summary>Null when the pod may go there.</summary>
    public static Obstacle? Check(JsonObject pod, NodeFacts node, ImmutableArray<NodeFacts> all)
    {
        var constraints = pod.Items("spec", "topologySpreadConstraints")
            .Where(each => (each.Text("whenUnsatisfiable") ?? "DoNotSchedule") == "DoNotSchedule").ToImmutableArray();
        if (constraints.Any(each => node.Label(each.Text("topologyKey") ?? "") is null))
        {
            return new Obstacle(Message + " (missing required label)", Removable: false);
        }

        return constraints.All(each => IsEven(each, pod, node, all)) ? null : new Obstacle(Message, Removable: true);
    }

    private static bool IsEven(
        JsonObject constraint, JsonObject pod, NodeFacts node, ImmutableArray<NodeFacts> all)
    {
        var key = constraint.Text("topologyKey") ?? "";
        var selected = LabelQuery.OfSelector(constraint.At("labelSelector"));
        var domains = all.Where(other => other.Label(key) is not null && Counts(constraint, pod, other))
            .GroupBy(other => other.Label(key)!, StringComparer.Ordinal)
            .ToDictionary(domain => domain.Key, domain => domain.Sum(Matching), StringComparer.Ordinal);
        var least = domains.Count < (constraint.Number("minDomains") ?? 1) ? 0 : domains.Values.DefaultIfEmpty().Min();
        var own = selected.Matches(pod) ? 1 : 0;
        return domains.GetValueOrDefault(node.Label(key)!) + own - least <= (constraint.Number("maxSkew") ?? 1);

        int Matching(NodeFacts other) => other.Pods.Count(there =>
            there.Source.Key.Namespace == pod.Text("metadata", "namespace")
            && !there.Source.IsBeingDeleted && selected.Matches(there.Body));
    }

    // Nodes to which the pod cannot go anyhow do not count; tainted ones do, unless it says otherwise.
    private static bool Counts(JsonObject constraint, JsonObject pod, NodeFacts node) =>
        (constraint.Text("nodeAffinityPolicy") == "Ignore" || NodeAffinity.Allows(pod, node))
        && (constraint.Text("nodeTaintsPolicy") != "Honor" || !NodeFilter.HasUntoleratedTaint(pod, node));
}
