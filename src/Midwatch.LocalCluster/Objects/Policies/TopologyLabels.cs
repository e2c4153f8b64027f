using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>A pod that is bound gets its node's zone and region as its own labels (PodTopologyLabels, 1.35).</summary>
internal static class TopologyLabels
{
    private static readonly string[] Names = ["topology.kubernetes.io/region", "topology.kubernetes.io/zone"];

    public static ImmutableArray<KeyValuePair<string, string>> Of(StoredObject? node) =>
        node is null ? [] : [.. node.Body.Map("metadata", "labels").Where(label => Names.Contains(label.Key))];

    public static void Give(JsonObject pod, ImmutableArray<KeyValuePair<string, string>> labels)
    {
        foreach (var (name, value) in labels)
        {
            pod.Need("metadata", "labels")[name] = value;
        }
    }
}
