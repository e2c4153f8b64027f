namespace Midwatch.LocalCluster.Objects;

/// <summary>
/// The last events of the store, so that a watch can start where a list ended. Guarded by the store's lock.
/// </summary>
/// <param name="capacity">How many are kept at most, however young.</param>
internal sealed class StoreHistory(int capacity, TimeProvider time)
{
    // As the watch cache of a real API server: what is younger than 75 s is there for whoever lists and then watches;
    // of what is older only a hundred stay, because each keeps two versions of an object.
    private const int OldMax = 100;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(75);

    private readonly Queue<(StoreEvent Change, DateTimeOffset At)> _events = [];
    private long _forgotten;

    public void Append(StoreEvent change)
    {
        var now = time.GetUtcNow();
        while (_events.Count >= capacity || (_events.Count >= OldMax && now - _events.Peek().At > Fresh))
        {
            _forgotten = _events.Dequeue().Change.Object.ResourceVersion;
        }

        _events.Enqueue((change, now));
    }

    /// <summary>True when an event after this revision is no longer here.</summary>
    public bool HasForgotten(long revision) => revision < _forgotten;

    public IEnumerable<StoreEvent> Since(long revision, StoreScope scope) => _events
        .Select(entry => entry.Change)
        .Where(change => change.Object.ResourceVersion > revision && scope.Contains(change.Object.Key));
}
