using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>
/// Whether a node may take a pod: the filter plugins of kube-scheduler in their order, the first that objects being
/// the answer. Pure.
/// </summary>
internal static class NodeFilter
{
    private const string Unschedulable = "node.kubernetes.io/unschedulable";

    /// <summary>Nothing when the node is fine.</summary>
    public static ImmutableArray<Obstacle> Check(JsonObject pod, NodeFacts node, ImmutableArray<NodeFacts> all)
    {
        if (node.Body.Flag("spec", "unschedulable") && !Tolerations.Cover(pod, Unschedulable, "", "NoSchedule"))
        {
            return [new("node(s) were unschedulable", Removable: false)];
        }

        if (HasUntoleratedTaint(pod, node))
        {
            return [new("node(s) had untolerated taint(s)", Removable: false)];
        }

        if (!NodeAffinity.Allows(pod, node))
        {
            return [new("node(s) didn't match Pod's node affinity/selector", Removable: false)];
        }

        if (HostPort.Of(pod).Intersect(node.Pods.SelectMany(there => there.HostPorts)).Any())
        {
            return [new("node(s) didn't have free ports for the requested pod ports", Removable: true)];
        }

        var lacking = Lacking(pod, node);
        if (!lacking.IsEmpty)
        {
            return lacking;
        }

        return TopologySpread.Check(pod, node, all) is { } uneven ? [uneven] : PodAffinity.Check(pod, node, all);
    }

    public static bool HasUntoleratedTaint(JsonObject pod, NodeFacts node) =>
        node.Body.Items("spec", "taints").Any(taint =>
            taint.Text("effect") is "NoSchedule" or "NoExecute"
            && taint.Text("key") != Unschedulable
            && !Tolerations.Cover(pod, taint.Text("key") ?? "", taint.Text("value") ?? "", taint.Text("effect")!));

    private static ImmutableArray<Obstacle> Lacking(JsonObject pod, NodeFacts node)
    {
        var obstacles = ImmutableArray.CreateBuilder<Obstacle>();
        if (node.Allocatable("pods") / 1_000_000_000 < node.Pods.Length + 1)
        {
            obstacles.Add(new("Too many pods", Removable: true));
        }

        foreach (var (resource, amount) in PodRequests.Of(pod))
        {
            var offered = node.Allocatable(resource);
            if (amount > BigInteger.Zero && amount > offered - node.Requested(resource))
            {
                // What is more than the whole node has stays so, whoever leaves.
                obstacles.Add(new($"Insufficient {resource}", Removable: amount <= offered));
            }
        }

        return obstacles.ToImmutable();
    }
}
