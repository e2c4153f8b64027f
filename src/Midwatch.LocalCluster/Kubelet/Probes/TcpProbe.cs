using System.Net;
using System.Net.Sockets;

namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>Connects; a connection that is accepted is a success.</summary>
internal static class TcpProbe
{
    public static async Task<ProbeOutcome> LookAsync(
        string host, int port, TimeSpan timeout, TimeProvider time, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Parse(host), port, either.Token);
            return ProbeOutcome.Success;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return ProbeOutcome.Failure($"dial tcp {host}:{port}: i/o timeout");
        }
        catch (SocketException e)
        {
            return ProbeOutcome.Failure(Refusal(host, port, e));
        }
    }

    /// <summary>A failed dial in the words of Go's net package.</summary>
    public static string Refusal(string host, int port, SocketException e)
    {
        var reason = e.SocketErrorCode switch
        {
            SocketError.ConnectionRefused => "connect: connection refused",
            SocketError.HostUnreachable => "connect: no route to host",
            SocketError.NetworkUnreachable => "connect: network is unreachable",
            SocketError.TimedOut => "i/o timeout",
            _ => $"connect: {char.ToLowerInvariant(e.Message[0])}{e.Message[1..]}",
        };
        return $"dial tcp {host}:{port}: {reason}";
    }
}
