using System.Collections.Immutable;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Kubelet.Sessions;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// Stands for the nodes towards the API server, which has to listen before they start: their pods are told its port.
/// </summary>
internal sealed class NodesToCome : INodeRuntime
{
    private volatile INodeRuntime? _nodes;

    /// <summary>The nodes that run pods as processes, once they are there.</summary>
    public ClusterNodes? Present => _nodes as ClusterNodes;

    public void Arrive(INodeRuntime nodes) => _nodes = nodes;

    public Task<LogResult> ReadLogAsync(PodLogRequest request, Stream output, CancellationToken ct) =>
        _nodes?.ReadLogAsync(request, output, ct)
        ?? Task.FromResult<LogResult>(new LogResult.Unavailable("the node is starting"));

    public ValueTask<Stream?> ConnectAsync(string ns, string pod, int port, CancellationToken ct) =>
        _nodes?.ConnectAsync(ns, pod, port, ct) ?? ValueTask.FromResult<Stream?>(null);

    public SessionStart Exec(SessionRequest request) =>
        _nodes?.Exec(request) ?? new SessionStart.NoContainer("the node is starting");

    public SessionStart Attach(SessionRequest request) =>
        _nodes?.Attach(request) ?? new SessionStart.NoContainer("the node is starting");

    public ImmutableArray<UsageSample> Usage() => _nodes?.Usage() ?? [];
}
