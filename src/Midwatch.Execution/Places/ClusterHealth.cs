using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Places;

/// <summary>How much of a cluster is unready, counted; what could not be read is null.</summary>
public sealed record HealthCount(int? NodesUnready, int? Nodes, int? PodsUnready, int? Pods);

/// <summary>Counts what is unready, and tells the local cluster from all others.</summary>
public sealed class ClusterHealth(KubernetesClient client)
{
    private const string MarkerNamespace = "kube-public";
    private const string MarkerName = "midwatch-local";

    /// <summary>
    /// Looks for the mark that only the embedded local cluster carries. Anything but a clear yes is no.
    /// </summary>
    public async Task<bool> IsLocalAsync(CancellationToken cancellationToken) =>
        client.Kubeconfig.Server.IsLoopback
        && await client.GetAsync(ResourcePath.Core("configmaps", MarkerNamespace, MarkerName), cancellationToken)
            is KubernetesAnswer<JsonElement>.Done;

    /// <summary>Counts nodes, and pods outside of the given namespaces.</summary>
    public async Task<HealthCount> CountAsync(ImmutableArray<string> scope, CancellationToken cancellationToken)
    {
        var nodes = await client.ListAsync(ResourcePath.Core("nodes"), ListQuery.All, cancellationToken);
        var pods = await client.ListAsync(ResourcePath.Core("pods"), ListQuery.All, cancellationToken);
        var (unreadyNodes, allNodes) = Count(nodes, static _ => true);
        var (unreadyPods, allPods) =
            Count(pods, pod => !scope.Contains(Text(pod, "metadata", "namespace") ?? string.Empty) && !IsOver(pod));
        return new HealthCount(unreadyNodes, allNodes, unreadyPods, allPods);
    }

    private static (int? Unready, int? All) Count(KubernetesAnswer<ResourceList> answer, Func<JsonElement, bool> counts)
    {
        if (answer is not KubernetesAnswer<ResourceList>.Done { Value: var list })
        {
            return (null, null);
        }

        var counted = list.Items.Where(counts).ToImmutableArray();
        return (counted.Count(item => !IsReady(item)), counted.Length);
    }

    private static bool IsOver(JsonElement pod) => Text(pod, "status", "phase") is "Succeeded" or "Failed";

    private static bool IsReady(JsonElement item) =>
        item.TryGetProperty("status", out var status) && status.TryGetProperty("conditions", out var conditions)
        && conditions.EnumerateArray().Any(condition =>
            condition.GetProperty("type").GetString() == "Ready"
                && condition.GetProperty("status").GetString() == "True");

    private static string? Text(JsonElement item, string part, string field) =>
        item.TryGetProperty(part, out var outer) && outer.TryGetProperty(field, out var value)
            ? value.GetString()
            : null;
}
