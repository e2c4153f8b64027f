using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Kubelet.Sessions;

namespace Midwatch.LocalCluster.Tests.Api;

/// <summary>A node whose pods are whatever listens on 127.0.0.1.</summary>
internal sealed class FakeNode : INodeRuntime
{
    public List<UsageSample> Samples { get; } = [];

    public async Task<LogResult> ReadLogAsync(PodLogRequest request, Stream output, CancellationToken ct)
    {
        if (request.Previous)
        {
            return new LogResult.Unavailable(
                $"previous terminated container \"{request.Container}\" in pod \"{request.Pod}\" not found");
        }

        var lines = Enumerable.Range(1, 3).Select(line => $"line {line} of {request.Container}\n");
        foreach (var line in lines.TakeLast((int)(request.TailLines ?? 3)))
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes(line), ct);
            await output.FlushAsync(ct);
        }

        return new LogResult.Written();
    }

    public async ValueTask<Stream?> ConnectAsync(string ns, string pod, int port, CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    public SessionStart Exec(SessionRequest request) =>
        new SessionStart.NoContainer($"container not found (\"{request.Container}\")");

    public SessionStart Attach(SessionRequest request) => Exec(request);

    public ImmutableArray<UsageSample> Usage() => [.. Samples];
}
