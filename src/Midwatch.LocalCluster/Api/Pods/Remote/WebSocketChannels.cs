using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Pods.Remote;

/// <summary>Exec and attach over a WebSocket: each message begins with the number of its channel.</summary>
/// <param name="socket">Taken over.</param>
/// <param name="stop">Ends the session.</param>
internal sealed class WebSocketChannels(WebSocket socket, TimeProvider time, CancellationToken stop)
    : IRemoteChannels
{
    // kubectl 1.33 reads before it has made its streams, and throws away what comes for one that is not there yet: it
    // then ends with "closed all streams" and 1. No container runtime starts a program sooner than this.
    private static readonly TimeSpan FirstWord = TimeSpan.FromMilliseconds(50);

    /// <summary>Served subprotocols, the best first; v5 can close the input.</summary>
    public static readonly string[] Protocols = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    private const int ChunkBytes = 32 * 1024;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Task _heard = Task.Delay(FirstWord, time, stop);

    public async Task ReadAsync(IRemoteInput input, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            RemoteStream? continued = null;
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(), ct);
                if (got.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                var part = buffer.AsMemory(0, got.Count);
                if (continued is null && part.Length > 0)
                {
                    continued = (RemoteStream)part.Span[0];
                    part = part[1..];
                }

                await TakeAsync(input, continued, part, ct);
                continued = got.EndOfMessage ? null : continued;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task WriteAsync(RemoteStream stream, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var message = ArrayPool<byte>.Shared.Rent(bytes.Length + 1);
        message[0] = (byte)stream;
        bytes.CopyTo(message.AsMemory(1));
        await _heard.WaitAsync(ct);
        await _writing.WaitAsync(ct);
        try
        {
            await socket.SendAsync(
                message.AsMemory(0, bytes.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, ct);
        }
        finally
        {
            _ = _writing.Release();
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    public async Task FinishAsync(JsonObject status, CancellationToken ct)
    {
        await WriteAsync(RemoteStream.Status, FrozenObject.Write(status), ct);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
    }

    public void Dispose()
    {
        socket.Dispose();
        _writing.Dispose();
    }

    private static async Task TakeAsync(
        IRemoteInput input, RemoteStream? stream, ReadOnlyMemory<byte> part, CancellationToken ct)
    {
        switch (stream)
        {
            case RemoteStream.Input when part.Length > 0:
                await input.TakeAsync(part, ct);
                break;
            case RemoteStream.Resize:
                input.Resize(part);
                break;
            case RemoteStream.Close when part.Length > 0 && part.Span[0] == (byte)RemoteStream.Input:
                await input.EndAsync();
                break;
        }
    }
}
