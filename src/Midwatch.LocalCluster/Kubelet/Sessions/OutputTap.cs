using System.Threading.Channels;

namespace Midwatch.LocalCluster.Kubelet.Sessions;

/// <summary>
/// A client's view of output that goes to a log anyway: what a slow client does not take is left out.
/// </summary>
internal sealed class OutputTap : Stream
{
    private const int PortionsMax = 1024;

    private readonly Channel<byte[]> _portions = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(PortionsMax) { FullMode = BoundedChannelFullMode.DropWrite });

    private ReadOnlyMemory<byte> _rest;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>More output; called where it is read, so it must not wait.</summary>
    public void Take(ReadOnlySpan<byte> bytes) => _ = _portions.Writer.TryWrite(bytes.ToArray());

    public void End() => _ = _portions.Writer.TryComplete();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_rest.IsEmpty)
        {
            if (!await _portions.Reader.WaitToReadAsync(cancellationToken))
            {
                return 0;
            }

            _rest = _portions.Reader.TryRead(out var portion) ? portion : default;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
