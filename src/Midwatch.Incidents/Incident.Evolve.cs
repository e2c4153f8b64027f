using System.Diagnostics;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Events;

namespace Midwatch.Incidents;

/// <content>Events to state.</content>
public static partial class Incident
{
    /// <summary>Applies one event. Never refuses: what happened, happened.</summary>
    public static IncidentState Evolve(IncidentState state, IncidentEvent happened)
    {
        var next = happened switch
        {
            IncidentEvent.IncidentOpened e => state with
            {
                Title = e.Title, OpenedAt = e.At, OpenedBy = e.By, Namespaces = e.Namespaces,
            },
            IncidentEvent.ClusterBound e => state with { Cluster = e.Cluster },
            IncidentEvent.ProcedureFound e => state with { Procedure = e.Procedure },
            IncidentEvent.EscalationClockStarted e => state with { Clocks = state.Clocks.Add(e.Clock) },
            IncidentEvent.Escalated e => Rung(state, e),
            IncidentEvent.HandedOver e => state with { Stage = IncidentStage.HandedOver, HandedOver = e.Reason },
            IncidentEvent.IncidentClosed e => state with
            {
                Stage = IncidentStage.Closed, Outcome = e.Outcome, ClosedAt = e.At,
            },
            IncidentEvent.PostmortemWritten e => state with { PostmortemPath = e.Path },
            IncidentEvent.NoteAdded or IncidentEvent.ActionRefused or IncidentEvent.StepHandedToHuman => state,
            _ => EvolveAlerts(state, happened) ?? EvolveDiagnosis(state, happened)
                ?? EvolvePlan(state, happened) ?? EvolveVerification(state, happened)
                ?? throw new UnreachableException($"No fold for {happened.GetType().Name}."),
        };
        return next with { Version = state.Version + 1 };
    }

    private static IncidentState Rung(IncidentState state, IncidentEvent.Escalated e)
    {
        var at = state.Clocks.FindIndex(clock => clock.Id == e.Clock);
        return at < 0
            ? state
            : state with { Clocks = state.Clocks.SetItem(at, state.Clocks[at] with { RangAt = e.At }) };
    }

    private static IncidentState? EvolveAlerts(IncidentState state, IncidentEvent happened) => happened switch
    {
        IncidentEvent.AlertReceived e => state with
        {
            Alerts = state.Alerts.Add(new IncidentAlert(e.Alert, e.Role, e.At, e.Alert.StartsAt, ResolvedAt: null)),
        },
        IncidentEvent.AlertRepeated e => WithAlert(
            state, e.Fingerprint, alert => alert with { FiringSince = e.StartsAt, ResolvedAt = null }),
        IncidentEvent.AlertResolved e => WithAlert(state, e.Fingerprint, alert => alert with { ResolvedAt = e.At }),
        _ => null,
    };

    private static IncidentState WithAlert(
        IncidentState state, string fingerprint, Func<IncidentAlert, IncidentAlert> change)
    {
        var at = state.Alerts.FindIndex(alert => alert.Alert.Fingerprint == fingerprint);
        return at < 0 ? state : state with { Alerts = state.Alerts.SetItem(at, change(state.Alerts[at])) };
    }

    private static IncidentState? EvolveDiagnosis(IncidentState state, IncidentEvent happened) => happened switch
    {
        IncidentEvent.DiagnosisStarted e => state with
        {
            Stage = IncidentStage.Diagnosing,
            Diagnosis = e.Reads.IsEmpty || state.Diagnosis is null
                ? new DiagnosisRound(e.Round, e.Round, e.At)
                : state.Diagnosis with { Number = e.Round, Evidence = null, Ranking = null },
        },
        IncidentEvent.CommandObserved e => Observed(state, e.Command),
        IncidentEvent.EvidenceTaken e => state.Diagnosis is { } round
            ? state with { Diagnosis = round with { Evidence = e.Evidence } } : state,
        IncidentEvent.ScenariosRanked e => state.Diagnosis is { } round
            ? state with
            {
                Stage = IncidentStage.Ranked,
                Diagnosis = round with { Ranking = e.Ranking, FirstRankedAt = round.FirstRankedAt ?? e.At },
            }
            : state,
        IncidentEvent.NoFaultFound => state with { Stage = IncidentStage.NoFault },
        IncidentEvent.Abstained e => state with { Stage = IncidentStage.HandedOver, HandedOver = e.Reason },
        _ => null,
    };

    // A read of the plan moves the plan on; a read of the diagnosis or the verification moves nothing.
    private static IncidentState Observed(IncidentState state, CommandRecord command) =>
        state.Stage == IncidentStage.Acting ? CommandDone(state, command.Id) : state;

    private static IncidentState CommandDone(IncidentState state, string commandId)
    {
        if (state.Plan is not { } plan)
        {
            return state;
        }

        var done = state.CommandsDone.Add(commandId);
        return state with
        {
            CommandsDone = done,
            Stage = plan.Commands.All(command => done.Contains(command.Id)) ? IncidentStage.Acted : state.Stage,
        };
    }
}
