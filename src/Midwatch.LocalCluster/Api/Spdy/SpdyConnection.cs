using System.Buffers.Binary;

namespace Midwatch.LocalCluster.Api.Spdy;

/// <summary>Reads and writes SPDY/3.1 frames. One reader; any number of writers.</summary>
internal sealed class SpdyConnection(Stream transport) : IDisposable
{
    private const ushort Version = 3;
    private const int HeaderLength = 8;
    private const int FrameBytesMax = 16 * 1024 * 1024;

    private static readonly byte[] ZlibHeader =
    [
        0x78, 0xbb, (byte)(SpdyDictionary.Id >> 24), (byte)(SpdyDictionary.Id >> 16 & 0xff),
        (byte)(SpdyDictionary.Id >> 8 & 0xff), (byte)(SpdyDictionary.Id & 0xff),
    ];

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly byte[] _header = new byte[HeaderLength];
    private bool _sentZlibHeader;

    /// <summary>The next frame, or null at the end of the connection.</summary>
    public async ValueTask<SpdyFrame?> ReadAsync(CancellationToken ct)
    {
        if (await transport.ReadAtLeastAsync(_header, HeaderLength, throwOnEndOfStream: false, ct) < HeaderLength)
        {
            return null;
        }

        var first = BinaryPrimitives.ReadUInt32BigEndian(_header);
        var second = BinaryPrimitives.ReadUInt32BigEndian(_header.AsSpan(4));
        var flags = (byte)(second >> 24);
        var length = (int)(second & 0xffffff);
        if (length > FrameBytesMax)
        {
            return null;
        }

        var payload = new byte[length];
        if (await transport.ReadAtLeastAsync(payload, length, throwOnEndOfStream: false, ct) < length)
        {
            return null;
        }

        return (first & 0x80000000) == 0
            ? new SpdyFrame.Data((int)first, flags, payload)
            : new SpdyFrame.Control((int)(first & 0xffff), flags, payload);
    }

    public async Task WriteDataAsync(int stream, ReadOnlyMemory<byte> data, bool isLast, CancellationToken ct)
    {
        var frame = new byte[HeaderLength + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, stream);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), data.Length);
        frame[4] = isLast ? SpdyFrame.Fin : (byte)0;
        data.Span.CopyTo(frame.AsSpan(HeaderLength));
        await WriteAsync(frame, ct);
    }

    /// <summary>Accepts a stream that the client opened, with no headers of ours.</summary>
    public async Task WriteReplyAsync(int stream, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            // The block holds a count of zero pairs; only the connection's first one starts the zlib stream. The empty
            // block behind it is a sync flush, without which Go's inflater asks for more and fails for good.
            byte[] block =
                [.. _sentZlibHeader ? [] : ZlibHeader, .. StoredBlock.Of([0, 0, 0, 0]), .. StoredBlock.Of([])];
            _sentZlibHeader = true;
            await transport.WriteAsync(Control(SpdyFrameType.SynReply, 0, [.. Number(stream), .. block]), ct);
            await transport.FlushAsync(ct);
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    public Task WritePingAsync(byte[] id, CancellationToken ct) => WriteAsync(Control(SpdyFrameType.Ping, 0, id), ct);

    /// <summary>Tells the client that it may send so many bytes more on a stream.</summary>
    public Task WriteWindowAsync(int stream, int bytes, CancellationToken ct) =>
        WriteAsync(Control(SpdyFrameType.WindowUpdate, 0, [.. Number(stream), .. Number(bytes)]), ct);

    public Task WriteResetAsync(int stream, CancellationToken ct) =>
        WriteAsync(Control(SpdyFrameType.ResetStream, 0, [.. Number(stream), .. Number(Cancelled)]), ct);

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private const int Cancelled = 5;

    private async Task WriteAsync(byte[] frame, CancellationToken ct)
    {
        await _writing.WaitAsync(ct);
        try
        {
            await transport.WriteAsync(frame, ct);
            await transport.FlushAsync(ct);
        }
        finally
        {
            _ = _writing.Release();
        }
    }

    private static byte[] Control(ushort type, byte flags, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderLength + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, 0x8000 | Version);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), type);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(4), payload.Length);
        frame[4] = flags;
        payload.CopyTo(frame.AsSpan(HeaderLength));
        return frame;
    }

    private static byte[] Number(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }
}
