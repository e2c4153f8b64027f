using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Midwatch.LocalCluster.Api.Spdy;
using Midwatch.LocalCluster.Kubelet;

namespace Midwatch.LocalCluster.Api.Pods;

/// <summary>Carries connections of kubectl port-forward into a pod, over one SPDY connection.</summary>
/// <remarks>Each connection is two streams with the same "requestid": one for errors, one for data.</remarks>
internal sealed class PortForwardSession(
    SpdyConnection connection, INodeRuntime node, string ns, string pod, string uid)
    : IDisposable
{
    private const int ChunkBytes = 32 * 1024;

    private readonly SpdyHeaderReader _headers = new();
    private readonly ConcurrentDictionary<int, Channel<byte[]>> _incoming = [];
    private readonly Dictionary<string, int> _errorStreams = [];
    private readonly List<Task> _transfers = [];

    /// <summary>Runs until the client ends the connection.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            while (await connection.ReadAsync(stop.Token) is { } frame)
            {
                switch (frame)
                {
                    case SpdyFrame.Data data:
                        await OnDataAsync(data, stop.Token);
                        break;
                    case SpdyFrame.Control { Type: SpdyFrameType.SynStream } open:
                        await OnOpenAsync(open, stop.Token);
                        break;
                    case SpdyFrame.Control { Type: SpdyFrameType.Ping } ping:
                        await connection.WritePingAsync(ping.Payload, stop.Token);
                        break;
                    case SpdyFrame.Control { Type: SpdyFrameType.ResetStream } reset:
                        CloseIncoming(BinaryPrimitives.ReadInt32BigEndian(reset.Payload));
                        break;
                    case SpdyFrame.Control { Type: SpdyFrameType.GoAway }:
                        return;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(_transfers).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _headers.Dispose();

    private async Task OnOpenAsync(SpdyFrame.Control open, CancellationToken ct)
    {
        // stream id, associated stream, priority and slot, then the headers
        var id = BinaryPrimitives.ReadInt32BigEndian(open.Payload);
        var headers = _headers.Read(open.Payload.AsSpan(10));
        await connection.WriteReplyAsync(id, ct);
        var request = headers.GetValueOrDefault("requestid", headers.GetValueOrDefault("port", ""));
        if (headers.GetValueOrDefault("streamtype") == "error")
        {
            _errorStreams[request] = id;
            return;
        }

        _incoming[id] = Channel.CreateUnbounded<byte[]>();
        _ = _transfers.RemoveAll(one => one.IsCompleted);
        _transfers.Add(TransferAsync(id, _errorStreams.GetValueOrDefault(request), headers, ct));
    }

    private async Task OnDataAsync(SpdyFrame.Data data, CancellationToken ct)
    {
        if (data.Payload.Length > 0 && _incoming.TryGetValue(data.StreamId, out var channel))
        {
            _ = channel.Writer.TryWrite(data.Payload);
            await connection.WriteWindowAsync(data.StreamId, data.Payload.Length, ct);
        }

        if (data.IsFin)
        {
            CloseIncoming(data.StreamId);
        }
    }

    private void CloseIncoming(int stream)
    {
        if (_incoming.TryGetValue(stream, out var channel))
        {
            _ = channel.Writer.TryComplete();
        }
    }

    private async Task TransferAsync(
        int data, int error, FrozenDictionary<string, string> headers, CancellationToken ct)
    {
        try
        {
            var port = int.TryParse(headers.GetValueOrDefault("port"), CultureInfo.InvariantCulture, out var number)
                ? number : 0;
            await using var target = await node.ConnectAsync(ns, pod, port, ct);
            if (target is null)
            {
                await RefuseAsync(data, error, port, ct);
                return;
            }

            await Task.WhenAll(UploadAsync(_incoming[data].Reader, target, ct), DownloadAsync(target, data, error, ct));
        }
        catch (IOException)
        {
            // One side of this connection broke; the other connections go on.
            await connection.WriteResetAsync(data, ct);
        }
        finally
        {
            _ = _incoming.TryRemove(data, out _);
        }
    }

    private async Task RefuseAsync(int data, int error, int port, CancellationToken ct)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"error forwarding port {port} to pod {uid}, uid : failed to connect to port {port} of the pod: "
            + $"connection refused");
        await connection.WriteDataAsync(error, Encoding.UTF8.GetBytes(message), isLast: true, ct);
        await connection.WriteDataAsync(data, ReadOnlyMemory<byte>.Empty, isLast: true, ct);
    }

    private static async Task UploadAsync(ChannelReader<byte[]> chunks, Stream target, CancellationToken ct)
    {
        await foreach (var chunk in chunks.ReadAllAsync(ct))
        {
            await target.WriteAsync(chunk, ct);
            await target.FlushAsync(ct);
        }

        if (target is System.Net.Sockets.NetworkStream network)
        {
            // The client sends no more, but may still be reading.
            network.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        }
    }

    private async Task DownloadAsync(Stream target, int stream, int error, CancellationToken ct)
    {
        var buffer = new byte[ChunkBytes];
        int read;
        while ((read = await target.ReadAsync(buffer, ct)) > 0)
        {
            await connection.WriteDataAsync(stream, buffer.AsMemory(0, read), isLast: false, ct);
        }

        await connection.WriteDataAsync(stream, ReadOnlyMemory<byte>.Empty, isLast: true, ct);
        if (error != 0)
        {
            await connection.WriteDataAsync(error, ReadOnlyMemory<byte>.Empty, isLast: true, ct);
        }

        // The pod's side is at its end: nothing that the client still sends has a reader.
        CloseIncoming(stream);
    }
}
