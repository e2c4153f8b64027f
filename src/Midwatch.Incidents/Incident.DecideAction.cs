using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Policies;

namespace Midwatch.Incidents;

/// <content>Acting: the intent before, the outcome after.</content>
public static partial class Incident
{
    private static Decision? DecideAction(
        IncidentState state, IncidentCommand command, Restraint restraint, DateTimeOffset now) => command switch
    {
        IncidentCommand.IntendAction c => Intend(state, c, restraint, now),
        IncidentCommand.FinishAction c => Finish(state, c, now),
        IncidentCommand.FinishRead c => FinishRead(state, c.Command, now),
        IncidentCommand.RecheckAction c => state.OpenAction?.Intent.Action == c.Action
            ? Decision.Of(new IncidentEvent.ActionRechecked(now, c.Action, c.Verdict, c.Reason))
            : new Decision.Refused($"The outcome of {c.Action} is known."),
        _ => null,
    };

    private static Decision Intend(
        IncidentState state, IncidentCommand.IntendAction asked, Restraint restraint, DateTimeOffset now)
    {
        if (state is not { Stage: IncidentStage.Acting, Plan: { } plan } || state.OpenAction is not null)
        {
            return new Decision.Refused("Nothing may be started now.");
        }

        if (state.Approvals.Length < plan.ApprovalsNeeded || NextCommand(state)?.Id != asked.CommandId)
        {
            return new Decision.Refused($"{asked.CommandId} is not what is approved to run next.");
        }

        var command = plan.Command(asked.CommandId);
        if (WhyNotAnyMore(state, plan, command, asked.Seen, now) is { IsEmpty: false } reasons)
        {
            return Void(state, plan, reasons, restraint, now);
        }

        if (asked.ActionsInLastHour >= restraint.ActionsPerNamespaceAndHourMost)
        {
            return Decision.Of(new IncidentEvent.HandedOver(
                now,
                $"{asked.ActionsInLastHour} acting commands within an hour are enough for "
                + $"{command.Namespace ?? "the cluster"}; a person goes on."));
        }

        return Decision.Of(new IncidentEvent.ActionIntended(now, new Intent
        {
            Action = $"a{state.Actions.Length + 1}",
            Seal = plan.Seal.Hash,
            CommandId = command.Id,
            Text = command.Text,
            Namespace = command.Namespace ?? string.Empty,
            Before = asked.Seen.Targets,
            IsIdempotent = command.IsIdempotent,
            Inverse = command.Inverse,
        }));
    }

    private static ImmutableArray<string> WhyNotAnyMore(
        IncidentState state, Plan plan, PlannedCommand command, Sighting seen, DateTimeOffset now)
    {
        var begun = HasBegun(state, plan);
        if (state.AlertIsResolved && !begun)
        {
            return ["The alert was resolved by its source; nothing is done for it."];
        }

        if (plan.Seal.ExpiresAt <= now && !begun)
        {
            return ["The approval has expired."];
        }

        var expected = command.Targets
            .Select(target => state.ExpectedTargets.FirstOrDefault(each => each.Key == target.Key) ?? target);

        // Once the plan itself has changed things, other findings are what it is for.
        return Drift.Between(plan.Seal, [.. expected], begun ? seen with { FindingsHash = null } : seen);
    }

    private static bool HasBegun(IncidentState state, Plan plan) =>
        state.Actions.Any(action => action.Intent.Seal == plan.Seal.Hash && !action.IsKnownUndone);

    private static Decision Void(
        IncidentState state, Plan plan, ImmutableArray<string> reasons, Restraint restraint, DateTimeOffset now)
    {
        var voided = new IncidentEvent.ApprovalVoided(now, plan.Seal.Hash, reasons);
        if (HasBegun(state, plan))
        {
            return Decision.Of(voided, new IncidentEvent.HandedOver(
                now, "The plan was half done when something else changed; a person has to look."));
        }

        var failures = 1 + state.Failures.Count(id => id == plan.Draft.ScenarioId);
        return state.AlertIsResolved || failures < restraint.FailuresBeforeStrikeOut
            ? Decision.Of(voided)
            : Decision.Of(voided, Struck(plan, "Its plan fell twice before anything was done.", now));
    }

    private static IncidentEvent.ScenarioStruckOut Struck(Plan plan, string reason, DateTimeOffset now) =>
        new(now, plan.Draft.ScenarioId, plan.Draft.Heading, reason);

    private static Decision Finish(IncidentState state, IncidentCommand.FinishAction command, DateTimeOffset now)
    {
        if (state.OpenAction is not { } action || action.Intent.Action != command.Action || state.Plan is not { } plan)
        {
            return new Decision.Refused($"{command.Action} is not under way.");
        }

        var events = ImmutableArray.CreateBuilder<IncidentEvent>();
        events.Add(new IncidentEvent.ActionFinished(now, command.Action, command.Outcome));
        events.AddRange(Clocks(
            state, state.Procedure?.Escalations ?? [], "attempted-fix", $"the action {command.Action}", now));
        var surprises = Drift.After(action.Intent.Before, command.Outcome.After);
        if (!surprises.IsEmpty)
        {
            events.Add(new IncidentEvent.HandedOver(now, string.Join(' ', surprises)));
        }
        else if (!command.Outcome.Succeeded)
        {
            events.Add(Struck(plan, $"'{action.Intent.Text}' {Ending(command.Outcome.Record)}.", now));
        }

        return new Decision.Accepted(events.ToImmutable());
    }

    // Reads before the first action inform; one that fails after it (a wait) keeps the rest of the plan from acting.
    private static Decision FinishRead(IncidentState state, CommandRecord record, DateTimeOffset now)
    {
        if (state is not { Stage: IncidentStage.Acting, Plan: { } plan } || NextCommand(state)?.Id != record.Id)
        {
            return new Decision.Refused($"{record.Id} is not what runs next.");
        }

        var observed = new IncidentEvent.CommandObserved(now, record);
        var failed = record.End is CommandEnd.Failed or CommandEnd.TimedOut;
        var actsLater = plan.Commands.SkipWhile(command => command.Id != record.Id).Skip(1)
            .Any(command => command.IsActing);
        return failed && actsLater && HasBegun(state, plan)
            ? Decision.Of(observed, Struck(plan, $"'{record.Text}' {Ending(record)}, so the rest was not done.", now))
            : Decision.Of(observed);
    }

    private static string Ending(CommandRecord record) => record.End switch
    {
        CommandEnd.TimedOut => "reached its time limit",
        CommandEnd.Refused => "was refused",
        _ => $"ended with status {record.ExitCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}",
    };
}
