namespace Midwatch.LocalCluster.Objects;

/// <summary>
/// The last events of the store, so that a watch can start where a list ended. Guarded by the store's lock.
/// </summary>
internal sealed class StoreHistory(int capacity)
{
    private readonly Queue<StoreEvent> _events = new(capacity);
    private long _forgotten;

    public void Append(StoreEvent change)
    {
        if (_events.Count == capacity)
        {
            _forgotten = _events.Dequeue().Object.ResourceVersion;
        }

        _events.Enqueue(change);
    }

    /// <summary>True when an event after this revision is no longer here.</summary>
    public bool HasForgotten(long revision) => revision < _forgotten;

    public IEnumerable<StoreEvent> Since(long revision, StoreScope scope) =>
        _events.Where(change => change.Object.ResourceVersion > revision && scope.Contains(change.Object.Key));
}
