using System.Collections.Immutable;
using Midwatch.LocalCluster.Kubelet.Rules;
using Midwatch.LocalCluster.Kubelet.Sessions;
using Midwatch.LocalCluster.Network;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet;

/// <summary>All nodes of a cluster as one: each question goes to the node that has the pod.</summary>
internal sealed class ClusterNodes(
    ImmutableArray<KubeletNode> nodes, ClusterNetwork network, TimeProvider time) : INodeRuntime, IAsyncDisposable
{
    /// <summary>What goes wrong on the nodes at the moment, for faults.</summary>
    public NodeRules Rules { get; } = new(nodes, network, time);

    /// <inheritdoc/>
    public Task<LogResult> ReadLogAsync(PodLogRequest request, Stream output, CancellationToken ct) =>
        Of(request.Namespace, request.Pod).ReadLogAsync(request, output, ct);

    /// <inheritdoc/>
    public ValueTask<Stream?> ConnectAsync(string ns, string pod, int port, CancellationToken ct) =>
        Of(ns, pod).ConnectAsync(ns, pod, port, ct);

    /// <inheritdoc/>
    public SessionStart Exec(SessionRequest request) => Of(request.Namespace, request.Pod).Exec(request);

    /// <inheritdoc/>
    public SessionStart Attach(SessionRequest request) => Of(request.Namespace, request.Pod).Attach(request);

    /// <inheritdoc/>
    public ImmutableArray<UsageSample> Usage() => [.. nodes.SelectMany(node => node.Usage())];

    /// <summary>
    /// Stops all processes of a container where they are. How many were reached; 0 when it does not run.
    /// </summary>
    public int Freeze(string ns, string pod, string container) =>
        Of(ns, pod).SignalContainer(ns, pod, container, Signal.Stop);

    /// <summary>Lets a frozen container go on. How many processes were reached.</summary>
    public int Thaw(string ns, string pod, string container) =>
        Of(ns, pod).SignalContainer(ns, pod, container, Signal.Cont);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Rules.DisposeAsync();
        await Task.WhenAll(nodes.Select(node => node.DisposeAsync().AsTask()));
    }

    private KubeletNode Of(string ns, string pod) => nodes.FirstOrDefault(node => node.Has(ns, pod)) ?? nodes[0];
}
