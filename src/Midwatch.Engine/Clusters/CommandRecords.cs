using System.Collections.Immutable;
using Midwatch.Execution.Steps;
using Midwatch.Incidents.Actions;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Engine.Clusters;

/// <summary>What ran, in the journal's words.</summary>
public static class CommandRecords
{
    // The journal keeps what a person reads; the whole output was evidence before.
    private const int OutputCharactersMost = 16 * 1024;

    /// <summary>Makes the record of a command.</summary>
    public static CommandRecord Of(StepCommand command, string stepTitle, CommandOutcome outcome)
    {
        var text = outcome.Output.Text + outcome.Error.Text;
        return new CommandRecord
        {
            Id = command.Id,
            Phase = command.Phase,
            StepTitle = stepTitle,
            Text = outcome.Text,
            Line = outcome.Line,
            Column = outcome.Column,
            Effect = command.Effect.Effect,
            End = End(outcome.End),
            ExitCode = outcome.ExitCode,
            StartedAt = outcome.StartedAt,
            Took = outcome.Took,
            Output = text.Length <= OutputCharactersMost
                ? text : string.Concat(text.AsSpan(0, OutputCharactersMost / 2), "\n…\n",
                    text.AsSpan(text.Length - (OutputCharactersMost / 2))),
            OutputShortened = text.Length > OutputCharactersMost
                || outcome.Output.BytesLeftOut + outcome.Error.BytesLeftOut > 0,
            Remark = outcome.Remark,
            Refusals = Of(outcome.Refusals),
        };
    }

    /// <summary>Makes the journal's refusals.</summary>
    public static ImmutableArray<Refusal> Of(ImmutableArray<CommandRefusal> refusals) =>
    [
        .. refusals.Select(refusal => new Refusal(
            refusal.Reason, refusal.Line, refusal.Column, refusal.Remedy.Length == 0 ? null : refusal.Remedy)),
    ];

    private static Incidents.Actions.CommandEnd End(Execution.Steps.CommandEnd end) => end switch
    {
        Execution.Steps.CommandEnd.Succeeded or Execution.Steps.CommandEnd.Followed
            or Execution.Steps.CommandEnd.Held =>
            Incidents.Actions.CommandEnd.Succeeded,
        Execution.Steps.CommandEnd.TimedOut => Incidents.Actions.CommandEnd.TimedOut,
        Execution.Steps.CommandEnd.Refused => Incidents.Actions.CommandEnd.Refused,
        Execution.Steps.CommandEnd.AskedAnotherWay => Incidents.Actions.CommandEnd.AskedAnotherWay,
        _ => Incidents.Actions.CommandEnd.Failed,
    };
}
