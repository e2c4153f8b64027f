using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>What a pod asks of a node, per resource, in billionths of its unit.</summary>
internal static class PodRequests
{
    /// <summary>
    /// The larger of what its containers ask for together and what any single init container asks for; init containers
    /// that stay (restartPolicy Always) count with the containers.
    /// </summary>
    public static ImmutableSortedDictionary<string, BigInteger> Of(JsonObject pod)
    {
        var running = ImmutableSortedDictionary.CreateBuilder<string, BigInteger>(StringComparer.Ordinal);
        foreach (var container in pod.Items("spec", "containers"))
        {
            Add(running, container);
        }

        var stages = new List<ImmutableSortedDictionary<string, BigInteger>>();
        foreach (var container in pod.Items("spec", "initContainers"))
        {
            if (container.Text("restartPolicy") == "Always")
            {
                Add(running, container);
                continue;
            }

            var stage = ImmutableSortedDictionary.CreateBuilder<string, BigInteger>(StringComparer.Ordinal);
            Add(stage, container);
            stages.Add(stage.ToImmutable());
        }

        foreach (var (name, amount) in stages.SelectMany(stage => stage))
        {
            running[name] = BigInteger.Max(amount, running.GetValueOrDefault(name));
        }

        return running.ToImmutable();
    }

    private static void Add(ImmutableSortedDictionary<string, BigInteger>.Builder total, JsonObject container)
    {
        // A limit without a request is a request.
        var asked = container.Map("resources", "limits").Concat(container.Map("resources", "requests"))
            .GroupBy(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var resource in asked)
        {
            total[resource.Key] = total.GetValueOrDefault(resource.Key)
                + (Quantity.ParseNano(resource.Last()) ?? BigInteger.Zero);
        }
    }
}
