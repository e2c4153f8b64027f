using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Reference.ClusterApi;
using Reference.Telemetry;

namespace Reference.StateMetrics;

/// <summary>Asks the API server how everything is, each time Prometheus asks us.</summary>
/// <param name="nodeUsage">Whether to ask for the nodes' usage too, which not every account may.</param>
internal sealed partial class ClusterWatch(
    ApiReader api, ImmutableArray<string> spaces, bool nodeUsage, TimeProvider time, ILogger log) : IDisposable
{
    private readonly PodMetrics _pods = new();
    private readonly WorkloadMetrics _workloads = new();
    private readonly UsageMetrics _usage = new(time);
    private readonly NodeMetrics _nodes = new();
    private readonly SemaphoreSlim _one = new(1);
    private bool _failing;

    public ImmutableArray<IMetric> All =>
        [.. _pods.All, .. _workloads.All, .. _usage.All, .. nodeUsage ? _nodes.All : []];

    /// <summary>Looks anew. While the API server does not answer, the last look stays.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            await ReadAsync(cancellationToken);
            _failing = false;
        }
        catch (Exception failure) when (ApiReader.IsOutage(failure, cancellationToken))
        {
            if (!_failing)
            {
                LogOutage(log, failure.Message);
            }

            _failing = true;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var pods = AllAsync("/api/v1", "pods", cancellationToken);
        var usage = AllAsync("/apis/metrics.k8s.io/v1beta1", "pods", cancellationToken);
        var deployments = AllAsync("/apis/apps/v1", "deployments", cancellationToken);
        var jobs = AllAsync("/apis/batch/v1", "jobs", cancellationToken);
        var claims = AllAsync("/api/v1", "persistentvolumeclaims", cancellationToken);
        var nodes = api.ListAsync("/api/v1/nodes", cancellationToken);
        var nodesUsage = nodeUsage
            ? api.ListAsync("/apis/metrics.k8s.io/v1beta1/nodes", cancellationToken)
            : Task.FromResult<IEnumerable<JsonObject>>([]);
        await Task.WhenAll(pods, usage, deployments, jobs, claims, nodes, nodesUsage);
        _pods.Read(await pods);
        _usage.Read(await usage);
        _workloads.Clear();
        _workloads.ReadDeployments(await deployments);
        _workloads.ReadJobs(await jobs);
        _workloads.ReadClaims(await claims);
        _workloads.ReadNodes(await nodes);
        _nodes.Read(await nodes, await nodesUsage);
    }

    private async Task<IEnumerable<JsonObject>> AllAsync(
        string root, string plural, CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(spaces.Select(space => api.ListAsync(
            $"{root}/namespaces/{Uri.EscapeDataString(space)}/{plural}", cancellationToken)));
        return lists.SelectMany(list => list);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Error,
        Message = "The API server does not answer, the metrics stay as they were: {Reason}")]
    private static partial void LogOutage(ILogger log, string reason);
}
