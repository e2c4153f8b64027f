using System.Collections.Immutable;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Policies;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents;

/// <content>The plan and its approvals.</content>
public static partial class Incident
{
    private const string NoPlanWaits = "No plan waits for an approval.";

    private static Decision? DecidePlan(
        IncidentState state, IncidentCommand command, Restraint restraint, DateTimeOffset now) => command switch
    {
        IncidentCommand.ProposePlan c => ProposePlan(state, c.Plan, now),
        IncidentCommand.Approve c => Approve(state, c, now),
        IncidentCommand.Reject c => Pending(state, c.Seal) is { } why
            ? new Decision.Refused(why)
            : Decision.Of(new IncidentEvent.ApprovalRefused(now, c.Seal, c.By, c.Reason)),
        IncidentCommand.ExpireApproval => state is { Stage: IncidentStage.AwaitingApproval, Plan: { } plan }
            && plan.Seal.ExpiresAt <= now
                ? Decision.Of(new IncidentEvent.ApprovalExpired(now, plan.Seal.Hash))
                : Decision.Of(),
        _ => DecideAction(state, command, restraint, now),
    };

    private static Decision ProposePlan(IncidentState state, Plan plan, DateTimeOffset now)
    {
        if (state.Stage != IncidentStage.Ranked)
        {
            return new Decision.Refused($"No plan can be proposed while the incident is {state.Stage}.");
        }

        if (state.StruckOut.Contains(plan.Draft.ScenarioId))
        {
            return new Decision.Refused($"'{plan.Draft.Heading}' is struck out for this incident.");
        }

        if (plan.Draft.Cluster != state.Cluster)
        {
            return new Decision.Refused("The plan was made on another cluster than the incident is bound to.");
        }

        var events = ImmutableArray.CreateBuilder<IncidentEvent>();
        events.Add(new IncidentEvent.PlanProposed(now, plan));
        events.AddRange(plan.Draft.HumanSteps.Select(step => new IncidentEvent.StepHandedToHuman(now, step)));
        events.AddRange(plan.Commands.Where(command => !command.Refusals.IsEmpty)
            .Select(command => new IncidentEvent.ActionRefused(now, command.Id, command.Text, command.Refusals)));
        if (!plan.Refusals.IsEmpty)
        {
            events.Add(new IncidentEvent.HandedOver(
                now,
                $"'{plan.Draft.Heading}' is the right scenario, but it cannot be run as it stands; nothing of it ran."));
        }
        else if (plan.OnlyReads)
        {
            events.Add(new IncidentEvent.HandedOver(
                now,
                $"'{plan.Draft.Heading}' is the right scenario, but nothing in it acts on what was found."));
        }
        else if (plan.ApprovalsNeeded > 0)
        {
            events.Add(new IncidentEvent.ApprovalAsked(
                now, plan.Seal.Hash, plan.ApprovalsNeeded, plan.Seal.ExpiresAt));
        }

        return new Decision.Accepted(events.ToImmutable());
    }

    private static Decision Approve(IncidentState state, IncidentCommand.Approve command, DateTimeOffset now)
    {
        if (Pending(state, command.Seal) is not null || state.Plan is not { } plan)
        {
            return new Decision.Refused(Pending(state, command.Seal) ?? NoPlanWaits);
        }

        if (plan.Seal.ExpiresAt <= now)
        {
            return new Decision.Refused("The plan has expired; it has to be made anew.");
        }

        if (state.Approvals.Any(approval => approval.By.IsSamePersonAs(command.By)))
        {
            return new Decision.Refused($"{command.By} has approved already; one person never gives two approvals.");
        }

        if (command.Method == ApprovalMethod.YesOption && WhyYesDoesNotAnswer(plan) is { } no)
        {
            return new Decision.Refused(no);
        }

        var given = new IncidentEvent.ApprovalGiven(now, command.Seal, command.By, command.Method);
        return new Decision.Accepted(
        [
            given,
            .. Clocks(state, state.Procedure?.Escalations ?? [], "acknowledged", $"the answer of {command.By}", now),
        ]);
    }

    private static string? Pending(IncidentState state, string seal)
    {
        if (state.Stage != IncidentStage.AwaitingApproval || state.Plan is not { } plan)
        {
            return NoPlanWaits;
        }

        return plan.Seal.Hash == seal
            ? null
            : $"The plan under seal {Seal.Shown(seal)} is not the one that waits ({Seal.Shown(plan.Seal.Hash)}).";
    }

    private static string? WhyYesDoesNotAnswer(Plan plan)
    {
        if (!plan.Seal.Cluster.IsLocal)
        {
            return "--yes answers on the local cluster only.";
        }

        if (plan.Draft.Questions is [var question, ..])
        {
            return $"--yes does not answer what the runbook asks of a person: {question}";
        }

        var more = plan.Commands.FirstOrDefault(command => command.Effect > Effect.Change);
        if (more is not null)
        {
            return $"--yes answers for 'change' only; line {more.Line} is '{more.EffectWord}'.";
        }

        return plan.ApprovalsNeeded > 1 ? $"--yes is one answer; {plan.ApprovalsNeeded} people are asked." : null;
    }
}
