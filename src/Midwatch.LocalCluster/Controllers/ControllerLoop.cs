using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Runs one controller: one object at a time, in the order in which they were asked for.</summary>
internal sealed class ControllerLoop(IController controller, TimeProvider time, Action<string> report) : IDisposable
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    // A set of hundreds of pods is looked at as a whole: what changes while it was looked at waits three times as long,
    // so that two hundred changes of one moment are some ten looks. Small things do not notice.
    private const int RestPerWork = 3;
    private const int RestsMax = 1_000;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(3);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(100);

    private readonly WorkQueue _queue = new(time);
    private readonly Dictionary<ObjectKey, (long Since, TimeSpan Length)> _rests = [];
    private readonly Dictionary<ObjectKey, TimeSpan> _backOff = [];

    public void Offer(StoreEvent change)
    {
        foreach (var key in controller.Affected(change))
        {
            _queue.Add(key);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var key = await _queue.TakeAsync(cancellationToken);
            if (RestOf(key) is { } rest)
            {
                _queue.AddAfter(key, rest);
                continue;
            }

            var began = time.GetTimestamp();
            if (Attempt(key) is { } delay)
            {
                _queue.AddAfter(key, delay);
            }

            Rest(key, time.GetElapsedTime(began) * RestPerWork);
        }
    }

    public void Dispose() => _queue.Dispose();

    private void Rest(ObjectKey key, TimeSpan rest)
    {
        if (rest < ShortestRest)
        {
            return;
        }

        if (_rests.Count >= RestsMax)
        {
            _rests.Clear();
        }

        _rests[key] = (time.GetTimestamp(), rest < LongestRest ? rest : LongestRest);
    }

    private TimeSpan? RestOf(ObjectKey key)
    {
        if (_rests.TryGetValue(key, out var rest)
            && rest.Length - time.GetElapsedTime(rest.Since) is { Ticks: > 0 } left)
        {
            return left;
        }

        _ = _rests.Remove(key);
        return null;
    }

    // The boundary of a controller: an object it cannot cope with must not stop the others, and is tried again.
    private TimeSpan? Attempt(ObjectKey key)
    {
        try
        {
            var again = controller.Reconcile(key);
            _ = _backOff.Remove(key);
            return again;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            report($"{controller.Name}: {key}: {error}");
            var delay = _backOff.TryGetValue(key, out var last) ? last * 2 : FirstBackOff;
            delay = delay > LongestBackOff ? LongestBackOff : delay;
            _backOff[key] = delay;
            return delay;
        }
    }
}
