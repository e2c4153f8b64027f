using System.Collections.Immutable;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Policies;
using Midwatch.Incidents.Verification;

namespace Midwatch.Incidents;

/// <content>Recovery is proven, not assumed.</content>
public static partial class Incident
{
    private static Decision? DecideVerification(
        IncidentState state, IncidentCommand command, Restraint restraint, DateTimeOffset now) => command switch
    {
        IncidentCommand.StartVerification => StartVerification(state, restraint, now),
        IncidentCommand.RecordChecks c => RecordChecks(state, c, now),
        _ => null,
    };

    private static Decision StartVerification(IncidentState state, Restraint restraint, DateTimeOffset now)
    {
        var started = new IncidentEvent.VerificationStarted(
            now, now + restraint.VerificationPatience, restraint.Settling);
        if (state.Stage == IncidentStage.Acted)
        {
            return Decision.Of(started);
        }

        if (!state.AlertIsResolved)
        {
            return new Decision.Refused("There is nothing to prove: nothing was done, and the alert fires.");
        }

        return state.Plan is { } plan
            ? Decision.Of(
                new IncidentEvent.ApprovalVoided(
                    now, plan.Seal.Hash, ["The alert was resolved by its source; nothing is done for it."]),
                started)
            : Decision.Of(started);
    }

    private static Decision RecordChecks(IncidentState state, IncidentCommand.RecordChecks command, DateTimeOffset now)
    {
        if (state is not { Stage: IncidentStage.Verifying, Verification: { } proof })
        {
            return new Decision.Refused("Nothing is being verified.");
        }

        var events = ImmutableArray.CreateBuilder<IncidentEvent>();
        events.AddRange(command.Checks
            .Where(check => proof.Checks.FirstOrDefault(each => each.Id == check.Id)?.Verdict != check.Verdict)
            .Select(check => new IncidentEvent.VerificationChecked(now, check)));

        // What was not asked in this round still stands as it was answered last.
        var all = command.Checks.Concat(proof.Checks.Where(old => command.Checks.All(check => check.Id != old.Id)))
            .Where(check => !check.IsForPeople).ToImmutableArray();
        var open = all.Where(check => check.Verdict != CheckVerdict.Met)
            .Select(check => $"{check.Title}: {check.Reason}").ToImmutableArray();
        if (all.IsEmpty)
        {
            open = ["There is nothing that could be checked."];
        }

        events.AddRange(open.IsEmpty ? Holding(proof, command.Complete, now) : NotHolding(state, proof, open, now));
        return new Decision.Accepted(events.ToImmutable());
    }

    private static ImmutableArray<IncidentEvent> Holding(VerificationState proof, bool complete, DateTimeOffset now)
    {
        if (proof.HoldsSince is not { } since)
        {
            return [new IncidentEvent.SettlingStarted(now, now + proof.Settling)];
        }

        return complete && now >= since + proof.Settling
            ? [new IncidentEvent.RecoveryProven(now, $"Everything held for {Words(now - since)}.")]
            : [];
    }

    private static ImmutableArray<IncidentEvent> NotHolding(
        IncidentState state, VerificationState proof, ImmutableArray<string> open, DateTimeOffset now)
    {
        var events = ImmutableArray.CreateBuilder<IncidentEvent>();
        if (proof.HoldsSince is not null)
        {
            events.Add(new IncidentEvent.SettlingBroken(now, open));
        }

        if (now >= proof.GivesUpAt)
        {
            events.Add(new IncidentEvent.RecoveryNotProven(now, open));
            if (state.Plan is { } plan)
            {
                events.Add(Struck(plan, $"Recovery was not proven within {Words(now - proof.StartedAt)}.", now));
            }

            // Nothing more is done for an alert that has resolved; but without the proof it is not well either.
            if (state.AlertIsResolved)
            {
                events.Add(new IncidentEvent.HandedOver(
                    now, "The alert was resolved by its source, but the runbook's verification does not hold."));
            }
        }

        return events.ToImmutable();
    }

    private static string Words(TimeSpan time) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{(long)Math.Round(time.TotalSeconds)} s");
}
