using System.Collections.Immutable;
using System.Diagnostics;
using Midwatch.Engine.Actors;
using Midwatch.Incidents;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Engine.Intake;

/// <summary>
/// Brings each accepted alert, in order, to its incident and records the decision. After a stop it goes on with the
/// first undecided one; taking an alert twice changes nothing.
/// </summary>
internal sealed class AlertRouter(
    AlertLedgerActor ledger, IncidentRegistry incidents, ProcedureCatalog catalog, TimeProvider time)
{
    private const int DecisionsAtOnce = 200;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var change = ledger.NextChange;
            var waiting = ledger.Ledger.Undecided.Take(DecisionsAtOnce).ToImmutableArray();
            if (waiting.IsEmpty)
            {
                await change.WaitAsync(cancellationToken);
                continue;
            }

            var decisions = ImmutableArray.CreateBuilder<LedgerEvent>(waiting.Length);
            foreach (var (entry, alert) in waiting)
            {
                var (decision, incident, reason) = await RouteAsync(alert, cancellationToken);
                decisions.Add(new LedgerEvent.Decided(time.GetUtcNow(), entry, decision, incident?.ToString(), reason));
            }

            await ledger.AppendAsync((_, events) => events.AddRange(decisions));
        }
    }

    private async Task<(AlertDecision Decision, IncidentId? Incident, string Reason)> RouteAsync(
        Alert alert, CancellationToken cancellationToken)
    {
        if (ledger.Ledger.Latest.TryGetValue(alert.Fingerprint, out var latest) && IsOverBy(alert, latest))
        {
            return (AlertDecision.Stale, null, "It tells of a state that was over before it came.");
        }

        switch (AlertRouting.Decide(alert, incidents.Open, catalog))
        {
            case AlertRoute.Open open:
                var id = await incidents.OpenAsync(
                    new IncidentCommand.Open(alert, open.Procedure, open.Why), cancellationToken);
                await GatherRelatedAsync(id, alert, cancellationToken);
                return (AlertDecision.Opened, id, open.Why);
            case AlertRoute.Join join:
                await incidents.ExecuteAsync(
                    join.Incident, new IncidentCommand.TakeAlert(alert, join.Role, join.Why), cancellationToken);
                return (
                    alert.Status == AlertStatus.Resolved ? AlertDecision.Resolved : AlertDecision.Joined,
                    join.Incident,
                    join.Why);
            case AlertRoute.Nowhere nowhere:
                return (nowhere.Decision, null, nowhere.Why);
            default:
                throw new UnreachableException("A route that nobody knows.");
        }
    }

    private static bool IsOverBy(Alert alert, Alert latest) =>
        alert.StartsAt < latest.StartsAt
        || (alert.StartsAt == latest.StartsAt
            && alert.Status == AlertStatus.Firing && latest.Status == AlertStatus.Resolved);

    // Alerts that came before and had no runbook of their own belong to the tree of the incident that now has one.
    private async Task GatherRelatedAsync(IncidentId id, Alert opening, CancellationToken cancellationToken)
    {
        var undecided = ledger.Ledger.Undecided.Values.Select(alert => alert.Fingerprint).ToHashSet();
        foreach (var alert in ledger.Ledger.Latest.Values.OrderBy(alert => alert.Fingerprint, StringComparer.Ordinal))
        {
            if (alert.Status == AlertStatus.Firing && alert.Fingerprint != opening.Fingerprint
                && !undecided.Contains(alert.Fingerprint)
                && AlertRouting.Decide(alert, incidents.Open, catalog) is AlertRoute.Join join && join.Incident == id)
            {
                await incidents.ExecuteAsync(
                    id, new IncidentCommand.TakeAlert(alert, join.Role, join.Why), cancellationToken);
            }
        }
    }
}
