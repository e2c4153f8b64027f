using System.Collections.Immutable;
using Midwatch.LocalCluster.Kubelet.Sessions;

namespace Midwatch.LocalCluster.Kubelet;

/// <summary>
/// What the API server needs of the nodes: logs, connections into pods and usage. The kubelet implements it.
/// </summary>
internal interface INodeRuntime
{
    /// <summary>
    /// Writes a container's log as asked; with <see cref="PodLogRequest.Follow"/> until it ends or the caller goes.
    /// </summary>
    /// <remarks>Nothing may be written to <paramref name="output"/> before the request is known to be
    /// answerable.</remarks>
    Task<LogResult> ReadLogAsync(PodLogRequest request, Stream output, CancellationToken ct);

    /// <summary>A TCP connection to a port of the pod's own address, or null when it was refused.</summary>
    ValueTask<Stream?> ConnectAsync(string ns, string pod, int port, CancellationToken ct);

    /// <summary>Starts a program in a running container.</summary>
    SessionStart Exec(SessionRequest request);

    /// <summary>Joins the first process of a running container.</summary>
    SessionStart Attach(SessionRequest request);

    /// <summary>What each running container uses now.</summary>
    ImmutableArray<UsageSample> Usage();
}
