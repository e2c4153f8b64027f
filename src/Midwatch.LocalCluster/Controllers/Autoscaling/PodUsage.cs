using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>What pods use and ask for of one resource, in billionths of its unit. Pure.</summary>
/// <param name="container">Only this container counts; null for all.</param>
internal sealed class PodUsage(string resource, string? container, ImmutableArray<UsageSample> usage)
{
    private static readonly BigInteger Billion = 1_000_000_000;

    /// <summary>Null when the pod was not measured yet.</summary>
    public BigInteger? Of(PodFacts pod)
    {
        var own = usage.Where(sample => sample.Pod == pod.Name && sample.Namespace == pod.Source.Key.Namespace
            && (container is null || sample.Container == container)).ToImmutableArray();
        return own.IsEmpty ? null : own.Aggregate(BigInteger.Zero, (sum, sample) => sum + Amount(sample));
    }

    /// <summary>Null when a container asks for nothing of it.</summary>
    public BigInteger? Requested(PodFacts pod)
    {
        var sum = BigInteger.Zero;
        foreach (var spec in Containers(pod))
        {
            if (Request(spec) is not { } request)
            {
                return null;
            }

            sum += request;
        }

        return sum;
    }

    /// <summary>The first container that asks for nothing of it.</summary>
    public string? Lacking(PodFacts pod) =>
        Containers(pod).FirstOrDefault(spec => Request(spec) is null).Text("name");

    private IEnumerable<JsonObject> Containers(PodFacts pod) =>
        pod.Body.Items("spec", "containers").Where(spec => container is null || spec.Text("name") == container);

    private BigInteger? Request(JsonObject spec) =>
        Quantity.ParseNano(spec.At("resources", "requests", resource)?.ToString() ?? "");

    private BigInteger Amount(UsageSample sample) => resource switch
    {
        "cpu" => sample.CpuNanocores,
        "memory" => sample.MemoryBytes * Billion,
        _ => BigInteger.Zero,
    };
}
