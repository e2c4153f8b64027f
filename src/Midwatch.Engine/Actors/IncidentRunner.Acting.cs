using Midwatch.Engine.Ports;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;

namespace Midwatch.Engine.Actors;

/// <content>Acting: look again, intend, act, record.</content>
internal sealed partial class IncidentRunner
{
    private async Task RunCommandAsync(PlannedCommand command, CancellationToken cancellationToken)
    {
        if (State is not { Plan: { } plan, Procedure: { } procedure })
        {
            await actor.ExecuteAsync(new IncidentCommand.HandOver("There is no plan to run."), cancellationToken);
            return;
        }

        var step = new PlannedStep(actor.Id, procedure, plan, command);
        if (command.IsActing)
        {
            await ActAsync(step, cancellationToken);
            return;
        }

        var outcome = await ports.Actions.RunAsync(step, cancellationToken);
        await OrHandOverAsync(new IncidentCommand.FinishRead(outcome.Record), cancellationToken);
    }

    private async Task ActAsync(PlannedStep step, CancellationToken cancellationToken)
    {
        if (await ports.Guard.WhyFrozenAsync(cancellationToken) is { } frozen)
        {
            await actor.ExecuteAsync(new IncidentCommand.HandOver(frozen), cancellationToken);
            return;
        }

        // One at a time in one namespace, over all incidents: from the last look to the outcome.
        using var turn = await gate.EnterAsync(step.Command.Namespace, cancellationToken);
        var seen = await ports.Actions.LookAgainAsync(step, cancellationToken);
        var answer = await OrHandOverAsync(
            new IncidentCommand.IntendAction(
                step.Command.Id, seen, gate.CountInLastHour(step.Command.Namespace, ports.Time.GetUtcNow())),
            cancellationToken);
        if (answer is not Decision.Accepted { Events: [IncidentEvent.ActionIntended intended] })
        {
            return;
        }

        gate.Count(step.Command.Namespace, intended.At);
        var outcome = await ports.Actions.RunAsync(step, cancellationToken);
        await OrHandOverAsync(
            new IncidentCommand.FinishAction(intended.Intent.Action, outcome), cancellationToken);
    }

    private async Task RecheckAsync(ActionEntry action, CancellationToken cancellationToken)
    {
        var answer = await ports.Actions.RecheckAsync(actor.Id, action, cancellationToken);

        // What may safely be done twice is done again; what may not needs the cluster's word.
        var verdict = answer.Verdict == RecheckVerdict.CouldNotTell && action.Intent.IsIdempotent
            ? RecheckVerdict.NotDone
            : answer.Verdict;
        await actor.ExecuteAsync(
            new IncidentCommand.RecheckAction(action.Intent.Action, verdict, answer.Reason), cancellationToken);
    }

    private async Task<Decision> OrHandOverAsync(IncidentCommand command, CancellationToken cancellationToken)
    {
        var decision = await actor.ExecuteAsync(command, cancellationToken);
        if (decision is Decision.Refused refused)
        {
            await actor.ExecuteAsync(new IncidentCommand.HandOver(refused.Reason), cancellationToken);
        }

        return decision;
    }
}
