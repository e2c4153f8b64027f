using System.Collections.Immutable;
using System.Diagnostics;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Incidents.Alerts;

/// <summary>Decides where an alert goes. A storm is folded into few incidents, never refused.</summary>
public static class AlertRouting
{
    /// <summary>Decides.</summary>
    /// <param name="open">The open incidents, oldest first.</param>
    public static AlertRoute Decide(
        Alert alert, ImmutableArray<(IncidentId Id, IncidentState State)> open, ProcedureCatalog catalog)
    {
        foreach (var (id, state) in open)
        {
            if (state.Alerts.FirstOrDefault(each => each.Alert.Fingerprint == alert.Fingerprint) is { } known)
            {
                return new AlertRoute.Join(id, known.Role, "It is an alert of this incident.");
            }
        }

        if (alert.Status == AlertStatus.Resolved)
        {
            return new AlertRoute.Nowhere(AlertDecision.NothingOpen, "No open incident waits for it.");
        }

        var match = catalog.Find(alert);
        var bound = (match as ProcedureMatch.Found)?.Procedure;
        foreach (var (id, state) in open)
        {
            if (Belongs(alert, bound, state) is var (role, why))
            {
                return new AlertRoute.Join(id, role, why);
            }
        }

        return match switch
        {
            ProcedureMatch.Found found => new AlertRoute.Open(found.Procedure, found.Why),
            ProcedureMatch.Ambiguous ambiguous => new AlertRoute.Nowhere(
                AlertDecision.Ambiguous, $"Several procedures answer it: {string.Join("; ", ambiguous.Candidates)}."),
            ProcedureMatch.None none => new AlertRoute.Nowhere(AlertDecision.NoProcedure, none.Reason),
            _ => throw new UnreachableException($"Match {match.GetType().Name}"),
        };
    }

    /// <summary>
    /// Tells whether an alert is of the same system as an incident: its namespace, or the alerts its runbook names.
    /// </summary>
    public static bool IsSameSystem(Alert alert, IncidentState incident) =>
        (alert.Label("namespace") is { } place && incident.Namespaces.Contains(place))
        || Names(incident.Procedure, alert.Name);

    private static (AlertRole Role, string Why)? Belongs(Alert alert, ProcedureBrief? bound, IncidentState incident)
    {
        if (incident.Procedure is not { } procedure)
        {
            return null;
        }

        var elsewhere = alert.Label("namespace") is { } place && !incident.Namespaces.Contains(place);
        if (bound is not null && bound.RunbookHash == procedure.RunbookHash
            && bound.ProcedureId == procedure.ProcedureId && !elsewhere)
        {
            return (AlertRole.Opening, "The same procedure answers it, in the same system.");
        }

        if (elsewhere)
        {
            return null;
        }

        if (Names(procedure, alert.Name))
        {
            return (AlertRole.Related, $"The runbook of this incident names '{alert.Name}'.");
        }

        if (bound is not null && incident.Alerts.Any(each => Names(bound, each.Alert.Name)))
        {
            return (AlertRole.Related, $"Its own runbook names '{incident.Title}'.");
        }

        return bound is null && IsSameSystem(alert, incident)
            ? (AlertRole.Related, "It is of the same system, and no runbook answers it.")
            : null;
    }

    private static bool Names(ProcedureBrief? procedure, string alertName) =>
        procedure?.RelatedAlerts.Any(each => each.Name == alertName) ?? false;
}
