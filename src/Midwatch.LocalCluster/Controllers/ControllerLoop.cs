using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Runs one controller: one object at a time, in the order in which they were asked for.</summary>
internal sealed class ControllerLoop(IController controller, TimeProvider time, Action<string> report) : IDisposable
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(1);

    private readonly WorkQueue _queue = new(time);
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
            if (Attempt(key) is { } delay)
            {
                _queue.AddAfter(key, delay);
            }
        }
    }

    public void Dispose() => _queue.Dispose();

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
