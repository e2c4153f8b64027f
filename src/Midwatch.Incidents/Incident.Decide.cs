using System.Collections.Immutable;
using System.Diagnostics;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Escalations;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Policies;

namespace Midwatch.Incidents;

/// <summary>
/// The incident's rules, as functions: a command and a state give events, events give a state, a state gives the next
/// duty. No clock, no store, no cluster: so that every decision can be replayed and explained.
/// </summary>
public static partial class Incident
{
    /// <summary>Answers a command.</summary>
    /// <param name="restraint">The limits in force.</param>
    /// <param name="now">The moment; every event of the answer carries it.</param>
    public static Decision Decide(
        IncidentState state, IncidentCommand command, Restraint restraint, DateTimeOffset now) => command switch
    {
        IncidentCommand.Open c => Open(state, c, now),
        IncidentCommand.OpenByHand c => OpenByHand(state, c, now),
        IncidentCommand.AddNote c => Decision.Of(new IncidentEvent.NoteAdded(now, c.By, c.Text)),
        IncidentCommand.RecordPostmortem c => Decision.Of(new IncidentEvent.PostmortemWritten(now, c.Path, c.Hash)),
        _ when state.OpenedAt is null => new Decision.Refused("The incident has not begun."),
        IncidentCommand.ResolveAlert c => Resolve(state, c.Fingerprint, now, ResolutionSource.Asked, c.Reason, now),
        IncidentCommand.TakeAlert c => TakeAlert(state, c, now),
        _ when state.IsClosed => new Decision.Refused("The incident is closed."),
        IncidentCommand.BindCluster c => state.Cluster is null || state.Cluster == c.Cluster
            ? Decision.Of(new IncidentEvent.ClusterBound(now, c.Cluster))
            : new Decision.Refused($"The incident is bound to {state.Cluster.Server}, not to {c.Cluster.Server}."),
        IncidentCommand.RingClock c => RingClock(state, c, now),
        IncidentCommand.HandOver c => Decision.Of(new IncidentEvent.HandedOver(now, c.Reason)),
        IncidentCommand.Close => Close(state, now),
        _ => DecideDiagnosis(state, command, now) ?? DecidePlan(state, command, restraint, now)
            ?? DecideVerification(state, command, restraint, now)
            ?? throw new UnreachableException($"No rule for {command.GetType().Name}."),
    };

    private static Decision Open(IncidentState state, IncidentCommand.Open command, DateTimeOffset now)
    {
        if (state.OpenedAt is not null)
        {
            return new Decision.Refused("The incident has begun already.");
        }

        var (alert, procedure) = (command.Alert, command.Procedure);
        var place = alert.Label("namespace");
        var namespaces = place is null || procedure.Namespaces.Contains(place)
            ? procedure.Namespaces
            : procedure.Namespaces.Add(place);
        return new Decision.Accepted(
        [
            new IncidentEvent.IncidentOpened(
                now, alert.Name, alert.Label("severity") ?? procedure.Severity, namespaces, By: null),
            new IncidentEvent.AlertReceived(now, alert, AlertRole.Opening, "It opened the incident."),
            new IncidentEvent.ProcedureFound(now, procedure, command.Why),
            .. Clocks(state, procedure.Escalations, "alert", $"the alert {alert.Name}", now),
        ]);
    }

    private static Decision OpenByHand(IncidentState state, IncidentCommand.OpenByHand command, DateTimeOffset now) =>
        state.OpenedAt is not null
            ? new Decision.Refused("The incident has begun already.")
            : Decision.Of(
                new IncidentEvent.IncidentOpened(
                    now, command.Procedure.Title, command.Procedure.Severity, command.Procedure.Namespaces, command.By),
                new IncidentEvent.ProcedureFound(now, command.Procedure, $"{command.By} named it."));

    private static Decision TakeAlert(IncidentState state, IncidentCommand.TakeAlert command, DateTimeOffset now)
    {
        var alert = command.Alert;
        var known = state.Alerts.FirstOrDefault(each => each.Alert.Fingerprint == alert.Fingerprint);
        if (alert.Status == AlertStatus.Resolved)
        {
            return Resolve(
                state, alert.Fingerprint, alert.EndsAt ?? now, ResolutionSource.Pushed, "Its source said so.", now);
        }

        if (known is null)
        {
            return Decision.Of(new IncidentEvent.AlertReceived(now, alert, command.Role, command.Reason));
        }

        // Idempotent, and tolerant of order: only a later start of a resolved alert is news.
        return known.IsFiring || alert.StartsAt <= known.FiringSince
            ? Decision.Of()
            : Decision.Of(new IncidentEvent.AlertRepeated(now, alert.Fingerprint, alert.StartsAt));
    }

    private static Decision Resolve(
        IncidentState state,
        string fingerprint,
        DateTimeOffset endsAt,
        ResolutionSource source,
        string reason,
        DateTimeOffset now) =>
        state.Alerts.Any(each => each.Alert.Fingerprint == fingerprint && each.IsFiring)
            ? Decision.Of(new IncidentEvent.AlertResolved(now, fingerprint, endsAt, source, reason))
            : Decision.Of();

    private static ImmutableArray<IncidentEvent> Clocks(
        IncidentState state,
        ImmutableArray<EscalationRule> rules,
        string startEvent,
        string startedBy,
        DateTimeOffset now)
    {
        var clocks = ImmutableArray.CreateBuilder<IncidentEvent>();
        for (var i = 0; i < rules.Length; i++)
        {
            var id = $"clock-{i + 1}";
            if (rules[i].After is { } after && (rules[i].From ?? "alert") == startEvent
                && state.Clocks.All(clock => clock.Id != id))
            {
                clocks.Add(new IncidentEvent.EscalationClockStarted(
                    now, new EscalationClock(id, rules[i], startedBy, now + after)));
            }
        }

        return clocks.ToImmutable();
    }

    private static Decision RingClock(IncidentState state, IncidentCommand.RingClock command, DateTimeOffset now)
    {
        var clock = state.Clocks.FirstOrDefault(each => each.Id == command.ClockId);
        return clock is null || clock.RangAt is not null || clock.DueAt > now
            ? Decision.Of()
            : Decision.Of(new IncidentEvent.Escalated(
                now,
                clock.Rule.Condition ?? $"{clock.Rule.After} have passed since {clock.StartedBy}.",
                clock.Rule.To is { } to ? [to] : EscalationPath(state),
                clock.Id));
    }

    private static ImmutableArray<string> EscalationPath(IncidentState state) =>
        [.. (state.Procedure?.Escalations ?? []).Select(rule => rule.To).OfType<string>().Distinct()];

    private static Decision Close(IncidentState state, DateTimeOffset now)
    {
        var acted = state.Actions.Any(action => !action.IsKnownUndone);
        return state.Stage switch
        {
            IncidentStage.Proven when acted => Decision.Of(new IncidentEvent.IncidentClosed(
                now, IncidentOutcome.Recovered, "The runbook's action was taken and recovery is proven.")),
            IncidentStage.Proven => Decision.Of(new IncidentEvent.IncidentClosed(
                now, IncidentOutcome.ResolvedByItself, "It was well again before anything was done; that is proven.")),
            IncidentStage.NoFault => Decision.Of(new IncidentEvent.IncidentClosed(
                now, IncidentOutcome.NoFault, "No fault was found; nothing was done.")),
            IncidentStage.HandedOver => HandedOver(state, acted, now),
            _ => new Decision.Refused($"The incident cannot be closed while it is {state.Stage}."),
        };
    }

    private static Decision HandedOver(IncidentState state, bool acted, DateTimeOffset now)
    {
        var reason = state.HandedOver ?? "A person has to go on.";
        var path = EscalationPath(state);
        var closed = new IncidentEvent.IncidentClosed(
            now, acted ? IncidentOutcome.NotHealed : IncidentOutcome.HandedToHuman, reason);
        return path.IsEmpty
            ? Decision.Of(closed)
            : Decision.Of(new IncidentEvent.Escalated(now, reason, path, Clock: null), closed);
    }
}
