using Midwatch.Incidents;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;

namespace Midwatch.Engine.Feed;

/// <summary>Something that happened, with its place among everything that happened.</summary>
public abstract record FeedItem
{
    private FeedItem(long position) => Position = position;

    /// <summary>Rises with every item; ask for what comes after it to go on where one stopped.</summary>
    public long Position { get; }

    /// <summary>An event of an incident.</summary>
    /// <param name="Version">Its place in the incident, from 1.</param>
    public sealed record OfIncident(long Position, IncidentId Incident, long Version, IncidentEvent Event)
        : FeedItem(Position);

    /// <summary>An event of the ledger of alerts.</summary>
    public sealed record OfLedger(long Position, long Version, LedgerEvent Event) : FeedItem(Position);
}
