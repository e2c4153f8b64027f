using System.Collections.Immutable;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Events;

namespace Midwatch.Engine.Postmortems;

/// <summary>The moments from which the times of an incident are counted.</summary>
internal sealed record IncidentTimes
{
    public DateTimeOffset? AlertStarted { get; private init; }

    public DateTimeOffset? Received { get; private init; }

    public DateTimeOffset? Diagnosed { get; private init; }

    public TimeSpan WaitedForPeople { get; private init; }

    public DateTimeOffset? Acted { get; private init; }

    public DateTimeOffset? Held { get; private init; }

    public DateTimeOffset? Proven { get; private init; }

    public static IncidentTimes Of(ImmutableArray<IncidentEvent> events)
    {
        var times = new IncidentTimes();
        DateTimeOffset? asked = null;
        foreach (var happened in events)
        {
            times = happened switch
            {
                IncidentEvent.IncidentOpened e => times with { Received = e.At },
                IncidentEvent.AlertReceived e => times with { AlertStarted = times.AlertStarted ?? e.Alert.StartsAt },
                IncidentEvent.ScenariosRanked { Ranking.Verdict: not RankingVerdict.Separate } e => times with
                {
                    Diagnosed = times.Diagnosed ?? e.At,
                },
                IncidentEvent.ApprovalGiven e when asked is { } since => times with
                {
                    WaitedForPeople = times.WaitedForPeople + (e.At - since),
                },
                IncidentEvent.ActionIntended e => times with { Acted = times.Acted ?? e.At },
                IncidentEvent.SettlingStarted e => times with { Held = e.At },
                IncidentEvent.RecoveryProven e => times with { Proven = e.At },
                _ => times,
            };
            asked = happened switch
            {
                IncidentEvent.ApprovalAsked e => e.At,
                IncidentEvent.ApprovalGiven e => e.At,
                _ => asked,
            };
        }

        // What held once and broke again is not when it recovered; without a proof there is no recovery to time.
        return times.Proven is null ? times with { Held = null } : times;
    }
}
