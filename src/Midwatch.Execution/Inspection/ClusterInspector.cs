using Midwatch.Kubernetes;

namespace Midwatch.Execution.Inspection;

/// <summary>Looks at everything that the scope names and what lies upstream of it, in parallel and within a time limit. Secrets are never read.</summary>
public sealed class ClusterInspector(KubernetesClient client, TimeProvider time)
{
    private readonly KubernetesClient _client = client;
    private readonly TimeProvider _time = time;

    /// <summary>Looks once.</summary>
    public Task<InspectionResult> InspectAsync(InspectionScope scope, CancellationToken cancellationToken) =>
        throw new NotImplementedException($"lands next {_client} {_time}");
}
