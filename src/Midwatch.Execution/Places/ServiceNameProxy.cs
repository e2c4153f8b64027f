using System.Net;
using System.Text.Json;
using Midwatch.Kubernetes;

namespace Midwatch.Execution.Places;

/// <summary>
/// The forward proxy by which programs outside of the local cluster reach its services by name. A real cluster has
/// none, and nothing is changed for programs that speak to one.
/// </summary>
public static class ServiceNameProxy
{
    private const string ConfigMapNamespace = "kube-public";
    private const string ConfigMapName = "midwatch-names";

    /// <summary>Asks the cluster for it.</summary>
    /// <returns>
    /// The address for programs, with the context's namespace, of which bare names are; null for any but the local
    /// cluster.
    /// </returns>
    public static async Task<Uri?> FindAsync(KubernetesClient client, CancellationToken cancellationToken) =>
        await new ClusterHealth(client).IsLocalAsync(cancellationToken)
        && await client.GetAsync(
            ResourcePath.Core("configmaps", ConfigMapNamespace, ConfigMapName), cancellationToken)
            is KubernetesAnswer<JsonElement>.Done { Value: var map }
        && map.TryGetProperty("data", out var data) && data.TryGetProperty("proxy", out var text)
        && IPEndPoint.TryParse(text.GetString() ?? "", out var address) && IPAddress.IsLoopback(address.Address)
            ? new Uri($"http://{client.Kubeconfig.Namespace}@{address}")
            : null;
}
