using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Pods;

/// <summary>BestEffort, Burstable or Guaranteed, from the requests and limits of cpu and memory.</summary>
internal static class QualityOfService
{
    private static readonly string[] Resources = ["cpu", "memory"];

    public static string Of(JsonObject pod)
    {
        var containers = pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")).ToList();
        if (containers.TrueForAll(one => !Resources.Any(resource => Amount(one, "requests", resource) is not null
            || Amount(one, "limits", resource) is not null)))
        {
            return "BestEffort";
        }

        var guaranteed = containers.TrueForAll(one => Resources.All(resource =>
            Amount(one, "limits", resource) is { } limit
            && (Amount(one, "requests", resource) ?? limit) == limit));
        return guaranteed ? "Guaranteed" : "Burstable";
    }

    private static string? Amount(JsonObject container, string kind, string resource) =>
        container.At("resources", kind, resource)?.ToString();
}
