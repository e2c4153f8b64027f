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
    internal sealed record Nowhere(string Message) : Placement;

    /// <summary>Decides from the nodes and the pod's claims. Pure.</summary>
    public static Placement Of(JsonObject pod, ImmutableArray<NodeFacts> nodes, Func<string, JsonObject?> claim)
    {
        if (nodes.IsEmpty)
        {
            return new Nowhere("no nodes available to schedule pods");
        }

        if (ClaimTrouble(pod, claim) is { } trouble)
        {
            return new Nowhere($"0/{nodes.Length} nodes are available: {trouble}. not found");
        }

        var checkedNodes =
            nodes.Select(node => (Node: node, Obstacles: NodeFilter.Check(pod, node, nodes))).ToImmutableArray();
        var best = checkedNodes.Where(entry => entry.Obstacles.IsEmpty)
            .OrderByDescending(entry => LeastAllocated.Score(pod, entry.Node))
            .ThenBy(entry => entry.Node.Pods.Length)
            .ThenBy(entry => entry.Node.Name, StringComparer.Ordinal)
            .Select(entry => entry.Node)
            .FirstOrDefault();
        return best is not null
            ? new On(best.Name)
            : new Nowhere(Describe(pod, [.. checkedNodes.Select(entry => entry.Obstacles)]));
    }

    private static string? ClaimTrouble(JsonObject pod, Func<string, JsonObject?> claim)
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

            if (found.Text("status", "phase") != "Bound")
            {
                return "pod has unbound immediate PersistentVolumeClaims";
            }
        }

        return null;
    }

    // k8s.io/kubernetes/pkg/scheduler/framework FitError, and what its post-filter plugins add to it.
    private static string Describe(JsonObject pod, ImmutableArray<ImmutableArray<Obstacle>> perNode)
    {
        var count = perNode.Length;
        var reasons = Histogram(perNode.SelectMany(obstacles => obstacles.Select(obstacle => obstacle.Reason)));
        var preemption = pod.Text("spec", "preemptionPolicy") == "Never"
            ? "not eligible due to preemptionPolicy=Never."
            : $"0/{count} nodes are available: " + Histogram(perNode.Select(obstacles =>
                obstacles.Any(obstacle => !obstacle.Removable)
                    ? "Preemption is not helpful for scheduling"
                    : "No preemption victims found for incoming pod")) + ".";
        return $"0/{count} nodes are available: {reasons}. no new claims to deallocate, preemption: {preemption}";
    }

    private static string Histogram(IEnumerable<string> reasons) => string.Join(", ", reasons
        .GroupBy(reason => reason, StringComparer.Ordinal)
        .Select(group => $"{group.Count()} {group.Key}")
        .Order(StringComparer.Ordinal));
}
