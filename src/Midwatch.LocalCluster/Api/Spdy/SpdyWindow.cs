namespace Midwatch.LocalCluster.Api.Spdy;

/// <summary>
/// How much may be sent on each stream. Go's spdystream never refuses what exceeds the window, so nobody is kept
/// waiting for longer than a moment; the count only keeps a fast program from filling a slow client's memory.
/// </summary>
internal sealed class SpdyWindow : IDisposable
{
    private const int Ahead = 16 * 1024 * 1024;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _changed = new(0);
    private readonly Lock _lock = new();
    private readonly Dictionary<int, long> _sent = [];
    private bool _gives;

    public void Give(int stream, int bytes)
    {
        lock (_lock)
        {
            _gives = true;
            _sent[stream] = Math.Max(0, _sent.GetValueOrDefault(stream) - bytes);
        }

        if (_changed.CurrentCount == 0)
        {
            _ = _changed.Release();
        }
    }

    public async Task TakeAsync(int stream, int bytes, CancellationToken ct)
    {
        while (IsFull(stream) && await _changed.WaitAsync(Moment, ct))
        {
            // Somebody gave; look again.
        }

        lock (_lock)
        {
            _sent[stream] = _sent.GetValueOrDefault(stream) + bytes;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _changed.Dispose();

    private bool IsFull(int stream)
    {
        lock (_lock)
        {
            return _gives && _sent.GetValueOrDefault(stream) > Ahead;
        }
    }
}
