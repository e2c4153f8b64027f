using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Midwatch.LocalCluster.Network.Names;

/// <summary>One client's connection to the proxy for service names: one request, or one tunnel.</summary>
internal sealed class NameConnection(Socket client, NameLookup lookup)
{
    private const int HeadLimit = 64 * 1024;
    private const int PortionBytes = 16 * 1024;
    private const int HardClose = 0;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(1);
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] Established = "HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray();

    /// <summary>Serves it to its end; whatever goes wrong ends the connection.</summary>
    public async Task ServeAsync(CancellationToken stop)
    {
        using (client)
        {
            try
            {
                client.NoDelay = true;
                await using var near = new NetworkStream(client, ownsSocket: false);
                await AnswerAsync(near, stop);
            }
            catch (Exception e) when (
                e is SocketException or IOException or ObjectDisposedException or OperationCanceledException)
            {
                Reset();
            }
        }
    }

    private async Task AnswerAsync(NetworkStream near, CancellationToken stop)
    {
        var (head, early) = await ReadHeadAsync(near, stop);
        if (head is null || NameRequest.Read(head) is not { } request)
        {
            await RefuseAsync(near, "400 Bad Request", "This is a forward proxy for the names of a local cluster's "
                + "services. Ask it for http://SERVICE:PORT/PATH, or CONNECT SERVICE:PORT.", isBroken: false, stop);
            return;
        }

        var target = lookup.Find(request.Host, request.Port, request.Asker);
        using var server = target is NameTarget.Found found ? await ConnectAsync(found.Addresses, stop) : null;
        if (server is null)
        {
            // An answer to HEAD has no body that could break off.
            if (request.Head.StartsWith("HEAD ", StringComparison.Ordinal))
            {
                Reset();
                return;
            }

            // A client takes any whole answer for success unless it looks at the status, and without a proxy it would
            // have had none: over plain HTTP the refusal breaks off, so that the client fails here too.
            await RefuseAsync(near, "502 Bad Gateway", target is NameTarget.Nowhere nowhere
                ? nowhere.Reason
                : $"Connection refused: {request.Host}:{request.Port} takes no connection.", !request.IsTunnel, stop);
            return;
        }

        await using var far = new NetworkStream(server, ownsSocket: false);
        await (request.IsTunnel
            ? TunnelAsync(near, far, early, stop)
            : ForwardAsync(near, far, request, early, stop));
    }

    private static async Task<Socket?> ConnectAsync(ImmutableArray<IPEndPoint> addresses, CancellationToken stop)
    {
        foreach (var address in addresses)
        {
            var server = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await server.ConnectAsync(address, stop);
                return server;
            }
            catch (SocketException)
            {
                server.Dispose();
            }
        }

        return null;
    }

    // The head, without what came with it of the body; no head when there is none of a bearable length.
    private static async Task<(string? Head, byte[] Early)> ReadHeadAsync(NetworkStream near, CancellationToken stop)
    {
        var buffer = new byte[HeadLimit];
        for (var filled = 0; filled < buffer.Length;)
        {
            var read = await near.ReadAsync(buffer.AsMemory(filled), stop);
            if (read == 0)
            {
                break;
            }

            filled += read;
            var end = buffer.AsSpan(0, filled).IndexOf(HeadEnd);
            if (end >= 0)
            {
                return (Encoding.Latin1.GetString(buffer, 0, end), buffer[(end + HeadEnd.Length)..filled]);
            }
        }

        return (null, []);
    }

    private static async Task TunnelAsync(NetworkStream near, NetworkStream far, byte[] early, CancellationToken stop)
    {
        await near.WriteAsync(Established, stop);
        await far.WriteAsync(early, stop);
        await Task.WhenAll(PumpAsync(near, far, stop), PumpAsync(far, near, stop));
    }

    private static async Task ForwardAsync(
        NetworkStream near, NetworkStream far, NameRequest request, byte[] early, CancellationToken stop)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await far.WriteAsync(Encoding.Latin1.GetBytes(request.Head), stop);
        var asking = SendBodyAsync(near, far, request.BodyLength, early, over.Token);
        var answering = far.CopyToAsync(near, PortionBytes, over.Token);

        // The one ends when the client is gone, the other when the answer is complete.
        var first = await Task.WhenAny(asking, answering);
        await over.CancelAsync();
        await Task.WhenAll(asking, answering).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
        if (answering.IsCompletedSuccessfully)
        {
            near.Socket.Shutdown(SocketShutdown.Send);
        }
    }

    private static async Task SendBodyAsync(
        NetworkStream near, NetworkStream far, long? length, byte[] early, CancellationToken stop)
    {
        // What follows the body would be another request, perhaps for another service; it is not passed on.
        var left = length ?? long.MaxValue;
        var buffer = early;
        var filled = early.Length;
        do
        {
            var part = (int)Math.Min(left, filled);
            await far.WriteAsync(buffer.AsMemory(0, part), stop);
            left -= part;
            buffer = buffer.Length < PortionBytes ? new byte[PortionBytes] : buffer;
            filled = await near.ReadAsync(buffer, stop);
        }
        while (filled > 0);
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to, CancellationToken stop)
    {
        await from.CopyToAsync(to, PortionBytes, stop);
        to.Socket.Shutdown(SocketShutdown.Send);
    }

    private static async Task RefuseAsync(
        NetworkStream near, string status, string reason, bool isBroken, CancellationToken stop)
    {
        var text = reason + "\n";
        var length = Encoding.UTF8.GetByteCount(text) + (isBroken ? 1 : 0);
        await near.WriteAsync(
            Encoding.UTF8.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + $"Content-Length: {length}\r\nConnection: close\r\n\r\n{text}"),
            stop);
        near.Socket.Shutdown(SocketShutdown.Send);

        // What was sent and not read would make the end a reset, which may overtake the text.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(DrainLimit);
        await near.CopyToAsync(Stream.Null, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // A broken connection must not look like the orderly end of an answer.
    private void Reset()
    {
        try
        {
            client.LingerState = new LingerOption(enable: true, HardClose);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
            client.Dispose();
        }
    }
}
