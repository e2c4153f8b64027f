using System.Collections.Immutable;
using Midwatch.Engine.Feed;
using Midwatch.Incidents;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Journal;

namespace Midwatch.Engine;

/// <summary>The store in the words of the engine: typed events, and a signal for whoever follows.</summary>
internal sealed class IncidentJournal(IEventStore store)
{
    private const int PageLength = 500;

    private volatile TaskCompletionSource _nextAppend = NewSignal();

    /// <summary>Completes with the next append after this was asked.</summary>
    public Task NextAppend => _nextAppend.Task;

    public async Task<AppendResult> AppendAsync(
        IncidentId incident, long expectedVersion, ImmutableArray<IncidentEvent> events,
        CancellationToken cancellationToken)
    {
        var result = await store.AppendAsync(
            StreamId.Of(incident), expectedVersion, [.. events.Select(EventCodec.Encode)], cancellationToken);
        Signal(result);
        return result;
    }

    public async Task<AppendResult> AppendAsync(
        long expectedVersion, ImmutableArray<LedgerEvent> events, CancellationToken cancellationToken)
    {
        var result = await store.AppendAsync(
            StreamId.Alerts, expectedVersion, [.. events.Select(EventCodec.Encode)], cancellationToken);
        Signal(result);
        return result;
    }

    public async Task<ImmutableArray<IncidentEvent>> ReadAsync(
        IncidentId incident, long afterVersion, CancellationToken cancellationToken)
    {
        var stored = await store.ReadStreamAsync(StreamId.Of(incident), afterVersion, cancellationToken);
        return [.. stored.Select(EventCodec.DecodeIncident)];
    }

    public async Task<AlertLedger> ReadLedgerAsync(CancellationToken cancellationToken)
    {
        var stored = await store.ReadStreamAsync(StreamId.Alerts, afterVersion: 0, cancellationToken);
        return stored.Select(EventCodec.DecodeLedger).Aggregate(AlertLedger.Initial, (ledger, e) => ledger.Apply(e));
    }

    /// <summary>Folds every incident of the store.</summary>
    public async Task<ImmutableSortedDictionary<int, IncidentState>> ReadIncidentsAsync(
        CancellationToken cancellationToken)
    {
        var states = ImmutableSortedDictionary.CreateBuilder<int, IncidentState>();
        for (var after = 0L; ;)
        {
            var page = await store.ReadAllAsync(after, PageLength, cancellationToken);
            foreach (var stored in page)
            {
                after = stored.Position;
                if (stored.Stream.TryGetIncident(out var id))
                {
                    var before = states.GetValueOrDefault(id.Number, IncidentState.Initial);
                    states[id.Number] = Incident.Evolve(before, EventCodec.DecodeIncident(stored));
                }
            }

            if (page.Length < PageLength)
            {
                return states.ToImmutable();
            }
        }
    }

    public async Task<ImmutableArray<FeedItem>> ReadFeedAsync(
        long afterPosition, int most, CancellationToken cancellationToken)
    {
        var page = await store.ReadAllAsync(afterPosition, most, cancellationToken);
        return [.. page.Select(Item)];
    }

    private static FeedItem Item(StoredEntry stored) => stored.Stream.TryGetIncident(out var id)
        ? new FeedItem.OfIncident(stored.Position, id, stored.Version, EventCodec.DecodeIncident(stored))
        : new FeedItem.OfLedger(stored.Position, stored.Version, EventCodec.DecodeLedger(stored));

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Signal(AppendResult result)
    {
        if (result is AppendResult.Appended)
        {
            Interlocked.Exchange(ref _nextAppend, NewSignal()).TrySetResult();
        }
    }
}
