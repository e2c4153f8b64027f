using System.Threading.Channels;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Objects waiting for a controller: each at most once, however often it was asked for.</summary>
internal sealed class WorkQueue(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<ObjectKey> _waiting = [];
    private readonly Dictionary<ObjectKey, ITimer> _later = [];
    private readonly Channel<ObjectKey> _keys = Channel.CreateUnbounded<ObjectKey>();

    public void Add(ObjectKey key)
    {
        lock (_lock)
        {
            if (_waiting.Add(key))
            {
                _ = _keys.Writer.TryWrite(key);
            }
        }
    }

    /// <summary>Asks for the object after a while; a newer wish for the same object replaces an older one.</summary>
    public void AddAfter(ObjectKey key, TimeSpan delay)
    {
        lock (_lock)
        {
            if (_later.Remove(key, out var old))
            {
                old.Dispose();
            }

            _later[key] = time.CreateTimer(_ => Due(key), null, delay, Timeout.InfiniteTimeSpan);
        }
    }

    public async ValueTask<ObjectKey> TakeAsync(CancellationToken cancellationToken)
    {
        var key = await _keys.Reader.ReadAsync(cancellationToken);
        lock (_lock)
        {
            // Out of the set before the work starts: a change that comes meanwhile asks again.
            _ = _waiting.Remove(key);
        }

        return key;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var timer in _later.Values)
            {
                timer.Dispose();
            }

            _later.Clear();
        }
    }

    private void Due(ObjectKey key)
    {
        lock (_lock)
        {
            if (_later.Remove(key, out var timer))
            {
                timer.Dispose();
            }
        }

        Add(key);
    }
}
