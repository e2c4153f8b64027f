using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Midwatch.LocalCluster.Objects;

/// <summary>A running watch: enumerate it to get every change in order; dispose it to end it.</summary>
/// <remarks>Only one reader. A reader that falls too far behind is ended, as a real API server does.</remarks>
internal sealed class StoreWatch : IAsyncEnumerable<StoreEvent>, IDisposable
{
    private const int BacklogMax = 20_000;

    // Not SingleReader: that kind of channel cannot tell its length.
    private readonly Channel<StoreEvent> _events = Channel.CreateUnbounded<StoreEvent>(
        new UnboundedChannelOptions { SingleReader = false, AllowSynchronousContinuations = false });

    private readonly ObjectStore _store;

    internal StoreWatch(ObjectStore store, StoreScope scope, bool expired)
    {
        _store = store;
        Scope = scope;
        Expired = expired;
        if (expired)
        {
            _events.Writer.Complete();
        }
    }

    /// <summary>
    /// True when the revision to start from is no longer known: list again. Such a watch yields nothing.
    /// </summary>
    public bool Expired { get; }

    /// <summary>True when nothing more will come: disposed, or the reader fell too far behind.</summary>
    public bool IsEnded => _events.Reader.Completion.IsCompleted;

    internal StoreScope Scope { get; }

    /// <summary>Waits for the next change; false when the watch has ended.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken ct) => _events.Reader.WaitToReadAsync(ct);

    /// <summary>Takes a change that is already here.</summary>
    public bool TryTake([MaybeNullWhen(false)] out StoreEvent change) => _events.Reader.TryRead(out change);

    /// <inheritdoc/>
    public IAsyncEnumerator<StoreEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        _events.Reader.ReadAllAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _store.Forget(this);
        _ = _events.Writer.TryComplete();
    }

    /// <summary>Called under the store's lock, so that the order of changes is the order of revisions.</summary>
    internal void OfferNeedsLock(StoreEvent change)
    {
        if (_events.Reader.Count >= BacklogMax || !_events.Writer.TryWrite(change))
        {
            _ = _events.Writer.TryComplete();
        }
    }
}
