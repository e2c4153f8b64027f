using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>A node as the scheduler sees it: what it offers, and the pods that it has.</summary>
internal sealed record NodeFacts(StoredObject Source, ImmutableArray<JsonObject> Pods)
{
    public string Name => Source.Key.Name;

    public JsonObject Body => Source.Body;

    public BigInteger Allocatable(string resource) =>
        Body.Text("status", "allocatable", resource) is { } text
            ? Quantity.ParseNano(text) ?? BigInteger.Zero
            : BigInteger.Zero;

    public BigInteger Requested(string resource) =>
        Pods.Aggregate(BigInteger.Zero, (sum, pod) => sum + PodRequests.Of(pod).GetValueOrDefault(resource));

    /// <summary>Of a pod; 0 where it has no class.</summary>
    public static long Priority(JsonObject pod) => pod.Number("spec", "priority") ?? 0;

    public string? Label(string name) => Body.Text("metadata", "labels", name);

    /// <summary>
    /// All nodes with the pods bound to them that still hold resources, and those for whose sake others had to go.
    /// </summary>
    /// <param name="seeker">The pod that looks for a node: what is kept for less important ones it may take.</param>
    public static ImmutableArray<NodeFacts> All(ObjectStore store, StoredObject seeker)
    {
        var pods = store.List("", "pods", null)
            .Select(pod => new PodFacts(pod))
            .Where(pod => !pod.IsFinished && Place(pod) is not null)
            .ToLookup(Place, pod => pod.Body, StringComparer.Ordinal);

        string? Place(PodFacts pod) => pod.Node ?? (
            pod.Uid != seeker.Uid && Priority(pod.Body) >= Priority(seeker.Body)
                ? pod.Body.Text("status", "nominatedNodeName") : null);

        return [.. store.List("", "nodes", null).Select(node => new NodeFacts(node, [.. pods[node.Key.Name]]))];
    }
}
