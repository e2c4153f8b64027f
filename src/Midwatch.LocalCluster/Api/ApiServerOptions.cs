using System.Collections.Immutable;
using Midwatch.LocalCluster.Api.Access;
using Midwatch.LocalCluster.Api.Pki;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Api;

/// <summary>What an API server needs to start.</summary>
/// <param name="Port">The port on 127.0.0.1; 0 takes a free one.</param>
/// <param name="Authority">Signs the server's certificate and vouches for client certificates.</param>
/// <param name="Hooks">Asked in order before an object is stored.</param>
internal sealed record ApiServerOptions(
    ObjectStore Store,
    int Port,
    ClusterAuthority Authority,
    BearerTokens Tokens,
    INodeRuntime Node,
    TimeProvider Time,
    ImmutableArray<IAdmissionHook> Hooks)
{
    /// <summary>Gets a line for each request that changes something; null keeps none.</summary>
    public AuditLog? Audit { get; init; }

    /// <summary>metrics.k8s.io is served.</summary>
    public bool HasMetrics { get; init; } = true;

    /// <summary>Asked, for administrators, before the Kubernetes API is.</summary>
    public ImmutableArray<IApiExtension> Extensions { get; init; } = [];
}
