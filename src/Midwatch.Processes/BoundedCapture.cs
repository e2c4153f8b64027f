using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes;

/// <summary>
/// Keeps the first and the last bytes that come out of a pipe and counts what was between them, so that no output,
/// however
/// long, fills the memory or blocks the program. Safe to read at any time from any thread.
/// </summary>
public sealed class BoundedCapture
{
    /// <summary>How much is kept of each end unless the caller says otherwise: 1 MiB.</summary>
    public const int DefaultBytes = 1024 * 1024;

    private const int FirstTailBytes = 4096;

    private readonly Lock _gate = new();
    private readonly int _headMax;
    private readonly int _tailMax;
    private readonly ArrayBufferWriter<byte> _head = new();
    private byte[] _tail = [];
    private int _tailCount;
    private long _total;

    private BoundedCapture(int headMax, int tailMax) => (_headMax, _tailMax) = (headMax, tailMax);

    /// <summary>
    /// Completes at the end of the pipe, that is when the last process that holds its writing end is gone.
    /// </summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>All bytes that came so far, kept or not.</summary>
    public long TotalBytes
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>How many bytes between head and tail were not kept.</summary>
    public long DroppedBytes
    {
        get
        {
            lock (_gate)
            {
                return _total - _head.WrittenCount - KeptTail;
            }
        }
    }

    private int KeptTail => Math.Min(_tailCount, _tailMax);

    /// <summary>Begins to read.</summary>
    /// <param name="starter">Its thread does the reading.</param>
    /// <param name="pipe">The reading end; it is disposed at the end.</param>
    /// <param name="headBytes">How many bytes of the beginning are kept.</param>
    /// <param name="tailBytes">How many bytes of the end are kept.</param>
    public static BoundedCapture Start(
        ProgramStarter starter, SafeFileHandle pipe, int headBytes = DefaultBytes, int tailBytes = DefaultBytes)
    {
        var capture = new BoundedCapture(headBytes, tailBytes);
        capture.Completion = starter.ReadAsync(pipe, capture.Take);
        return capture;
    }

    /// <summary>The first bytes; with nothing dropped, head and tail together are everything.</summary>
    public byte[] Head()
    {
        lock (_gate)
        {
            return _head.WrittenSpan.ToArray();
        }
    }

    /// <summary>The last bytes that are not in the head already.</summary>
    public byte[] Tail()
    {
        lock (_gate)
        {
            return TailNeedsLock();
        }
    }

    /// <summary>Head and tail put together; where bytes were dropped, nothing marks the place.</summary>
    public byte[] Kept()
    {
        lock (_gate)
        {
            return [.. _head.WrittenSpan.ToArray(), .. TailNeedsLock()];
        }
    }

    internal void Take(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            _total += bytes.Length;
            var toHead = Math.Min(bytes.Length, _headMax - _head.WrittenCount);
            _head.Write(bytes.Span[..toHead]);
            TakeTailNeedsLock(bytes.Span[toHead..]);
        }
    }

    private byte[] TailNeedsLock() => _tail.AsSpan(_tailCount - KeptTail, KeptTail).ToArray();

    private void TakeTailNeedsLock(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[^Math.Min(bytes.Length, _tailMax)..];
        if (_tailCount + bytes.Length > _tail.Length)
        {
            MakeRoomNeedsLock(bytes.Length);
        }

        bytes.CopyTo(_tail.AsSpan(_tailCount));
        _tailCount += bytes.Length;
    }

    // The buffer has twice the room of what is kept, so the tail moves to its front only once per kept length.
    private void MakeRoomNeedsLock(int more)
    {
        var kept = TailNeedsLock();
        var wanted = Math.Max(FirstTailBytes, 2 * (kept.Length + more));
        _tail = _tail.Length >= kept.Length + more && _tail.Length >= 2 * _tailMax ? _tail : new byte[wanted];
        kept.CopyTo(_tail.AsSpan());
        _tailCount = kept.Length;
    }
}
