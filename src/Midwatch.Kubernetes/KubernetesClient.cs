using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.Kubernetes;

/// <summary>A small client of the Kubernetes API: one context, one identity. Safe to call from many threads.</summary>
public sealed class KubernetesClient(Kubeconfig kubeconfig, TimeProvider time) : IDisposable
{
    /// <summary>The context that it speaks for.</summary>
    public Kubeconfig Kubeconfig { get; } = kubeconfig;

    internal TimeProvider Time { get; } = time;

    /// <summary>Reads one object.</summary>
    public Task<KubernetesAnswer<JsonElement>> GetAsync(ResourcePath path, CancellationToken cancellationToken) =>
        throw new NotImplementedException("lands next");

    /// <summary>Reads a list, all pages of it.</summary>
    public Task<KubernetesAnswer<ResourceList>> ListAsync(
        ResourcePath path, ListQuery query, CancellationToken cancellationToken) =>
        throw new NotImplementedException("lands next");

    /// <summary>Changes one object by a patch.</summary>
    public Task<KubernetesAnswer<JsonElement>> PatchAsync(
        ResourcePath path, PatchKind kind, JsonNode patch, CancellationToken cancellationToken) =>
        throw new NotImplementedException("lands next");

    /// <summary>Reads a container's log.</summary>
    public Task<KubernetesAnswer<string>> LogAsync(LogQuery query, CancellationToken cancellationToken) =>
        throw new NotImplementedException("lands next");

    /// <summary>Asks a Service by HTTP GET through the API server.</summary>
    public Task<KubernetesAnswer<ProxyReply>> ProxyGetAsync(ProxyQuery query, CancellationToken cancellationToken) =>
        throw new NotImplementedException("lands next");

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
