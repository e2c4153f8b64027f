using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>Where a pod goes, or why nowhere.</summary>
internal abstract record Placement
{
    private Placement()
    {
    }

    internal sealed record On(string Node) : Placement;

    /// <param name="Message">The text of the event and of the condition.</param>
    internal sealed record Nowhere(string Message) : Placement
    {
        /// <summary>The text when others are taken away for the pod's sake; null when that is not tried.</summary>
        public string? BeforePreemption { get; init; }
    }

    /// <summary>Decides from the nodes and the pod's claims. Pure.</summary>
    /// <param name="waitsForPod">The claim is bound only once a pod that needs it has a node.</param>
    public static Placement Of(
        JsonObject pod, ImmutableArray<NodeFacts> nodes, Func<string, JsonObject?> claim,
        Func<JsonObject, bool> waitsForPod)
    {
        if (nodes.IsEmpty)
        {
            return new Nowhere("no nodes available to schedule pods");
        }

        if (ClaimTrouble(pod, claim, waitsForPod) is { } trouble)
        {
            return new Nowhere($"0/{nodes.Length} nodes are available: {trouble}. not found");
        }

        var checkedNodes =
            nodes.Select(node => (Node: node, Obstacles: NodeFilter.Check(pod, node, nodes))).ToImmutableArray();
        var best = checkedNodes.Where(entry => entry.Obstacles.IsEmpty)
            .OrderByDescending(entry => entry.Node.Name == pod.Text("status", "nominatedNodeName"))
            .ThenByDescending(entry => LeastAllocated.Score(pod, entry.Node))
            .ThenBy(entry => entry.Node.Pods.Length)
            .ThenBy(entry => entry.Node.Name, StringComparer.Ordinal)
            .Select(entry => entry.Node)
            .FirstOrDefault();
        return best is not null
            ? new On(best.Name)
            : Describe(pod, [.. checkedNodes.Select(entry => entry.Obstacles)]);
    }

    private static string? ClaimTrouble(
        JsonObject pod, Func<string, JsonObject?> claim, Func<JsonObject, bool> waitsForPod)
    {
        foreach (var name in pod.Items("spec", "volumes")
            .Select(volume => volume.Text("persistentVolumeClaim", "claimName")))
        {
            if (name is null)
            {
                continue;
            }

            if (claim(name) is not { } found)
            {
                return $"persistentvolumeclaim \"{name}\" not found";
            }

            if (found.Text("status", "phase") != "Bound" && !waitsForPod(found))
            {
                return "pod has unbound immediate PersistentVolumeClaims";
            }
        }

        return null;
    }

    // k8s.io/kubernetes/pkg/scheduler/framework FitError, and what its post-filter plugins add to it.
    private static Nowhere Describe(JsonObject pod, ImmutableArray<ImmutableArray<Obstacle>> perNode)
    {
        var count = perNode.Length;
        var reasons = Histogram(perNode.SelectMany(obstacles => obstacles.Select(obstacle => obstacle.Reason)));
        var preemption = pod.Text("spec", "preemptionPolicy") == "Never"
            ? "not eligible due to preemptionPolicy=Never."
            : $"0/{count} nodes are available: " + Histogram(perNode.Select(obstacles =>
                obstacles.Any(obstacle => !obstacle.Removable)
                    ? "Preemption is not helpful for scheduling"
                    : "No preemption victims found for incoming pod")) + ".";
        var plain = $"0/{count} nodes are available: {reasons}.";
        return new Nowhere($"{plain} no new claims to deallocate, preemption: {preemption}")
        {
            BeforePreemption = pod.Text("spec", "preemptionPolicy") == "Never" ? null : plain,
        };
    }

    private static string Histogram(IEnumerable<string> reasons) => string.Join(", ", reasons
        .GroupBy(reason => reason, StringComparer.Ordinal)
        .Select(group => $"{group.Count()} {group.Key}")
        .Order(StringComparer.Ordinal));
}
