using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>A node as the scheduler sees it: what it offers, and the pods that it has.</summary>
internal sealed record NodeFacts(StoredObject Source, ImmutableArray<PlacedPod> Pods)
{
    public string Name => Source.Key.Name;

    public JsonObject Body => Source.Body;

    public BigInteger Allocatable(string resource) =>
        Body.Text("status", "allocatable", resource) is { } text
            ? Quantity.ParseNano(text) ?? BigInteger.Zero
            : BigInteger.Zero;

    public BigInteger Requested(string resource) =>
        Pods.Aggregate(BigInteger.Zero, (sum, pod) => sum + pod.Requests.GetValueOrDefault(resource));

    /// <summary>Of a pod; 0 where it has no class.</summary>
    public static long Priority(JsonObject pod) => pod.Number("spec", "priority") ?? 0;

    public string? Label(string name) => Body.Text("metadata", "labels", name);
}
