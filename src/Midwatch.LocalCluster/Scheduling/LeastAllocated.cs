using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>Prefers the node that would have most left, of cpu and memory in equal parts.</summary>
internal static class LeastAllocated
{
    // What a pod that asks for nothing is taken to need, so that such pods spread too (kube-scheduler, NonZeroRequest).
    private static readonly BigInteger CpuDefault = 100_000_000;
    private static readonly BigInteger MemoryDefault = new BigInteger(200 * 1024 * 1024) * 1_000_000_000;

    /// <summary>0 to 100.</summary>
    public static int Score(JsonObject pod, NodeFacts node) =>
        (Left(pod, node, "cpu", CpuDefault) + Left(pod, node, "memory", MemoryDefault)) / 2;

    private static int Left(JsonObject pod, NodeFacts node, string resource, BigInteger fallback)
    {
        var offered = node.Allocatable(resource);
        if (offered.IsZero)
        {
            return 0;
        }

        var used = node.Pods.Aggregate(
            Needed(PodRequests.Of(pod), resource, fallback),
            (sum, there) => sum + Needed(there.Requests, resource, fallback));
        return used >= offered ? 0 : (int)((offered - used) * 100 / offered);
    }

    private static BigInteger Needed(
        ImmutableSortedDictionary<string, BigInteger> requests, string resource, BigInteger fallback) =>
        requests.TryGetValue(resource, out var amount) ? amount : fallback;
}
