using System.Collections.Immutable;

namespace Midwatch.Incidents.Alerts;

/// <summary>
/// What the ledger says: the latest of each alert, and what was accepted but not decided yet. A fold.
/// </summary>
public sealed record AlertLedger
{
    /// <summary>Before the first alert.</summary>
    public static AlertLedger Initial { get; } = new();

    /// <summary>How many events were folded.</summary>
    public long Version { get; init; }

    /// <summary>The latest word on each alert, by fingerprint.</summary>
    public ImmutableDictionary<string, Alert> Latest { get; init; } = ImmutableDictionary<string, Alert>.Empty;

    /// <summary>Accepted and not decided, by the version of the acceptance: in the order in which they came.</summary>
    public ImmutableSortedDictionary<long, Alert> Undecided { get; init; } =
        ImmutableSortedDictionary<long, Alert>.Empty;

    /// <summary>Folds one event.</summary>
    public AlertLedger Apply(LedgerEvent happened)
    {
        var version = Version + 1;
        return happened switch
        {
            LedgerEvent.Accepted e => this with
            {
                Version = version,
                Latest = Judge(e.Alert) == AlertNews.News ? Latest.SetItem(e.Alert.Fingerprint, e.Alert) : Latest,
                Undecided = Undecided.Add(version, e.Alert),
            },
            LedgerEvent.Decided e => this with { Version = version, Undecided = Undecided.Remove(e.Entry) },
            _ => this with { Version = version },
        };
    }

    /// <summary>
    /// Tells whether an alert says anything new. Senders repeat themselves and overtake each other, so the key is
    /// fingerprint, start and status, and an end is never undone by an earlier start.
    /// </summary>
    public AlertNews Judge(Alert alert)
    {
        if (!Latest.TryGetValue(alert.Fingerprint, out var known))
        {
            return AlertNews.News;
        }

        if (alert.StartsAt == known.StartsAt && alert.Status == known.Status)
        {
            return AlertNews.Duplicate;
        }

        // A resolved alert fires again only with a later start; a firing one is resolved by any end of this start or
        // later.
        return alert.StartsAt > known.StartsAt
            || (alert.StartsAt == known.StartsAt && alert.Status == AlertStatus.Resolved)
            ? AlertNews.News
            : AlertNews.Stale;
    }
}

/// <summary>Whether an alert says anything new.</summary>
public enum AlertNews
{
    /// <summary>It does.</summary>
    News,

    /// <summary>The same was accepted before.</summary>
    Duplicate,

    /// <summary>What it tells of was over before it came.</summary>
    Stale,
}
