using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Spdy;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Pods.Remote;

/// <summary>Exec and attach over SPDY/3.1: one SPDY stream for each, named by its header "streamtype".</summary>
/// <param name="transport">Taken over.</param>
internal sealed class SpdyChannels(Stream transport, RemoteOptions options) : IRemoteChannels
{
    /// <summary>Served protocols, the best first.</summary>
    public static readonly string[] Protocols = ["v4.channel.k8s.io"];

    private static readonly TimeSpan OpeningLimit = TimeSpan.FromSeconds(30);

    private readonly SpdyConnection _connection = new(transport);
    private readonly SpdyHeaderReader _headers = new();
    private readonly Dictionary<RemoteStream, int> _ids = [];
    private readonly SpdyWindow _window = new();

    /// <summary>Waits until the client has opened all the streams that it asked for.</summary>
    /// <exception cref="IOException">It did not.</exception>
    public async Task OpenAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(OpeningLimit);
        var missing = Enum.GetValues<RemoteStream>().Where(one => one != RemoteStream.Close && options.Wants(one))
            .ToHashSet();
        while (missing.Count > 0)
        {
            var frame = await _connection.ReadAsync(limit.Token)
                ?? throw new IOException("The client went before it had opened its streams.");
            if (frame is SpdyFrame.Control { Type: SpdyFrameType.SynStream } open)
            {
                var (stream, id) = Name(open);
                _ids[stream] = id;
                _ = missing.Remove(stream);
                await _connection.WriteReplyAsync(id, ct);
            }
            else
            {
                await ControlAsync(frame, ct);
            }
        }
    }

    public async Task ReadAsync(IRemoteInput input, CancellationToken ct)
    {
        while (await _connection.ReadAsync(ct) is { } frame)
        {
            if (frame is SpdyFrame.Control { Type: SpdyFrameType.GoAway })
            {
                return;
            }

            if (frame is not SpdyFrame.Data data)
            {
                await ControlAsync(frame, ct);
                continue;
            }

            if (data.StreamId == _ids.GetValueOrDefault(RemoteStream.Resize))
            {
                input.Resize(data.Payload);
            }
            else if (data.Payload.Length > 0)
            {
                await input.TakeAsync(data.Payload, ct);
            }

            if (data.Payload.Length > 0)
            {
                await _connection.WriteWindowAsync(data.StreamId, data.Payload.Length, ct);
            }

            if (data.IsFin && data.StreamId == _ids.GetValueOrDefault(RemoteStream.Input))
            {
                await input.EndAsync();
            }
        }
    }

    public async Task WriteAsync(RemoteStream stream, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        if (!_ids.TryGetValue(stream, out var id))
        {
            return;
        }

        await _window.TakeAsync(id, bytes.Length, ct);
        await _connection.WriteDataAsync(id, bytes, isLast: false, ct);
    }

    public async Task FinishAsync(JsonObject status, CancellationToken ct)
    {
        await _connection.WriteDataAsync(_ids[RemoteStream.Status], FrozenObject.Write(status), isLast: true, ct);
        foreach (var (_, id) in _ids.Where(one => one.Key is RemoteStream.Output or RemoteStream.Errors))
        {
            await _connection.WriteDataAsync(id, ReadOnlyMemory<byte>.Empty, isLast: true, ct);
        }
    }

    public void Dispose()
    {
        _headers.Dispose();
        _connection.Dispose();
        _window.Dispose();
        transport.Dispose();
    }

    private (RemoteStream Stream, int Id) Name(SpdyFrame.Control open)
    {
        // stream id, associated stream, priority and slot, then the headers
        var type = _headers.Read(open.Payload.AsSpan(10)).GetValueOrDefault("streamtype", "");
        return (type switch
        {
            "stdin" => RemoteStream.Input,
            "stdout" => RemoteStream.Output,
            "stderr" => RemoteStream.Errors,
            "resize" => RemoteStream.Resize,
            _ => RemoteStream.Status,
        }, BinaryPrimitives.ReadInt32BigEndian(open.Payload));
    }

    private async Task ControlAsync(SpdyFrame frame, CancellationToken ct)
    {
        switch (frame)
        {
            case SpdyFrame.Control { Type: SpdyFrameType.Ping } ping:
                await _connection.WritePingAsync(ping.Payload, ct);
                break;
            case SpdyFrame.Control { Type: SpdyFrameType.WindowUpdate } window:
                _window.Give(
                    BinaryPrimitives.ReadInt32BigEndian(window.Payload),
                    BinaryPrimitives.ReadInt32BigEndian(window.Payload.AsSpan(4)));
                break;
        }
    }
}
