using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>Required affinity and anti-affinity to other pods, by topology domain.</summary>
internal static class PodAffinity
{
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";

    public static ImmutableArray<Obstacle> Check(JsonObject pod, NodeFacts node, ImmutableArray<NodeFacts> all)
    {
        foreach (var term in pod.Items("spec", "affinity", "podAffinity", Required))
        {
            // The first of a group that wants company of its own kind may start it.
            if (!HasCompany(pod, term, node, all) && !(Selects(term, pod, pod) && !ExistsAnywhere(pod, term, all)))
            {
                return [new("node(s) didn't match pod affinity rules", Removable: false)];
            }
        }

        if (pod.Items("spec", "affinity", "podAntiAffinity", Required).Any(term => HasCompany(pod, term, node, all)))
        {
            return [new("node(s) didn't match pod anti-affinity rules", Removable: true)];
        }

        return IsRefusedBySomebody(pod, node, all)
            ? [new("node(s) didn't satisfy existing pods anti-affinity rules", Removable: true)]
            : [];
    }

    private static bool HasCompany(JsonObject pod, JsonObject term, NodeFacts node, ImmutableArray<NodeFacts> all) =>
        Domain(term, node, all).Any(other => other.Pods.Any(there => Selects(term, pod, there.Body)));

    private static bool ExistsAnywhere(JsonObject pod, JsonObject term, ImmutableArray<NodeFacts> all) =>
        all.Any(node => node.Pods.Any(there => Selects(term, pod, there.Body)));

    private static bool IsRefusedBySomebody(JsonObject pod, NodeFacts node, ImmutableArray<NodeFacts> all) =>
        all.Any(other => other.Pods.Any(there => there.HasAntiAffinity
            && there.Body.Items("spec", "affinity", "podAntiAffinity", Required)
                .Any(term => Selects(term, there.Body, pod)
                    && Domain(term, node, all).Any(same => same.Name == other.Name))));

    /// <summary>
    /// The nodes that have the same value of the term's topology label; none when this node has no such label.
    /// </summary>
    private static IEnumerable<NodeFacts> Domain(JsonObject term, NodeFacts node, ImmutableArray<NodeFacts> all)
    {
        var key = term.Text("topologyKey") ?? "";
        return node.Label(key) is { } value ? all.Where(other => other.Label(key) == value) : [];
    }

    private static bool Selects(JsonObject term, JsonObject owner, JsonObject other)
    {
        var namespaces = term.At("namespaces") is JsonArray { Count: > 0 } list
            ? list.Select(item => item.Text())
            : [owner.Text("metadata", "namespace")];
        return namespaces.Contains(other.Text("metadata", "namespace"), StringComparer.Ordinal)
            && LabelQuery.OfSelector(term.At("labelSelector")).Matches(other);
    }
}
