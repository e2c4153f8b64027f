using System.Collections.Concurrent;

namespace Reference.Resilience;

/// <summary>So many requests a minute for each caller: a bucket of tokens that fills evenly.</summary>
/// <remarks>Safe to use from many threads. A caller who has not come for two minutes is forgotten.</remarks>
/// <param name="perMinute">How many in a minute, and at most at once.</param>
/// <param name="time">The clock.</param>
public sealed class RateLimit(int perMinute, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly Lock _sweep = new();
    private DateTimeOffset _swept = time.GetUtcNow();

    /// <summary>Takes one token of the caller's.</summary>
    /// <returns>Null when there was one; else how long to wait for it.</returns>
    public TimeSpan? Refuses(string caller)
    {
        Forget();
        var now = time.GetUtcNow();
        var bucket = _buckets.GetOrAdd(caller, _ => new Bucket { Tokens = perMinute, At = now });
        lock (bucket)
        {
            bucket.Tokens = Math.Min(perMinute, bucket.Tokens + ((now - bucket.At) / Minute * perMinute));
            bucket.At = now;
            if (bucket.Tokens >= 1)
            {
                bucket.Tokens--;
                return null;
            }

            return Minute / perMinute * (1 - bucket.Tokens);
        }
    }

    private void Forget()
    {
        lock (_sweep)
        {
            var now = time.GetUtcNow();
            if (now - _swept < Minute)
            {
                return;
            }

            _swept = now;
            foreach (var (caller, _) in _buckets.Where(pair => now - pair.Value.At > 2 * Minute))
            {
                _ = _buckets.TryRemove(caller, out _);
            }
        }
    }

    private sealed class Bucket
    {
        public double Tokens { get; set; }

        public DateTimeOffset At { get; set; }
    }
}
