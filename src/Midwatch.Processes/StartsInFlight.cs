using System.Collections.Concurrent;

namespace Midwatch.Processes;

/// <summary>
/// Starts that have begun and whose program nobody knows yet. Between the two, which on a busy machine lie a tenth of a
/// second apart, a child looks like one that was adopted: whoever reaped it then would take its exit status away.
/// </summary>
internal sealed class StartsInFlight
{
    private readonly ConcurrentDictionary<long, byte> _open = new();
    private long _last;

    /// <summary>The number of the last start that has begun.</summary>
    public long Last => Interlocked.Read(ref _last);

    /// <summary>To be called before the child is there; the number goes back to <see cref="End"/>.</summary>
    public long Begin()
    {
        lock (_open)
        {
            _open[++_last] = 0;
            return _last;
        }
    }

    /// <summary>The start has failed, or its program is known.</summary>
    public void End(long start) => _open.TryRemove(start, out _);

    /// <summary>Whether one of the starts up to this one is still in flight.</summary>
    public bool AnyUpTo(long start) => _open.Keys.Any(open => open <= start);
}
