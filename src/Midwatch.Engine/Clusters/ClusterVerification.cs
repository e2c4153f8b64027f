using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Engine.Ports;
using Midwatch.Execution.Expectations;
using Midwatch.Execution.Places;
using Midwatch.Execution.Steps;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Procedures;
using Midwatch.Incidents.Verification;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using CommandEnd = Midwatch.Execution.Steps.CommandEnd;

namespace Midwatch.Engine.Clusters;

/// <summary>Runs the runbook's own verification on the bound cluster, one round at a time.</summary>
public sealed class ClusterVerification(BoundCluster cluster, ProcedureCatalog catalog) : IVerificationRun
{
    private static readonly Allowance Allowed = new() { Most = Effect.Read, SyntheticRequests = true };

    /// <inheritdoc/>
    public async Task<ImmutableArray<CheckResult>> CheckAsync(
        VerificationRequest request,
        Func<CommandRecord, CancellationToken, Task> observed,
        CancellationToken cancellationToken)
    {
        if (catalog.Resolve(request.Procedure) is not { Procedure: { } procedure })
        {
            return [new CheckResult("runbook", "The runbook is the one that was approved", CheckVerdict.CouldNotTell,
                "It has changed.", 0)];
        }

        var none = ImmutableSortedDictionary<string, string>.Empty;
        await using var reader = cluster.OpenSession("verification-reads", acts: false, none);
        await using var actor = cluster.OpenSession("verification", acts: true, none);
        var checks = ImmutableArray.CreateBuilder<CheckResult>();
        foreach (var step in procedure.Steps.Where(step => step.Phase == Phase.Verify))
        {
            foreach (var command in step.Commands.Where(command => request.IsComplete || !IsSynthetic(command)))
            {
                var outcome = await (IsRead(command) ? reader : actor).RunAsync(command, Allowed, cancellationToken);
                await observed(CommandRecords.Of(command, step.Title, outcome), cancellationToken);
                checks.AddRange(Checks(command, outcome));
            }

            checks.AddRange(ForPeople(step));
        }

        return checks.ToImmutable();
    }

    private static bool IsRead(StepCommand command) => command.Effect.Effect == Effect.Read;

    private static bool IsSynthetic(StepCommand command) => command.Effect.Marks.HasFlag(Marks.Synthetic);

    private static IEnumerable<CheckResult> Checks(StepCommand command, CommandOutcome outcome)
    {
        var title = Title(command.Comment.Length > 0 ? command.Comment : command.Text);
        var machine =
            command.Expects.Where(expects => expects is not (Expectation.Told or Expectation.AlertResolves)).ToArray();
        if (machine.Length == 0)
        {
            var verdict = outcome.End is CommandEnd.Refused ? CheckVerdict.CouldNotTell
                : outcome.IsWell ? CheckVerdict.Met : CheckVerdict.Unmet;
            yield return new CheckResult(command.Id, title, verdict, Said(outcome), outcome.Line);
        }

        foreach (var (expects, index) in machine.Select((expects, index) => (expects, index)))
        {
            var answer = ExpectationCheck.Of(expects, outcome);
            var verdict = answer.Holds switch
            {
                true => CheckVerdict.Met,
                false => CheckVerdict.Unmet,
                null => CheckVerdict.CouldNotTell,
            };
            yield return new CheckResult($"{command.Id}.{index}", title, verdict, answer.Reason, expects.Line);
        }
    }

    private static IEnumerable<CheckResult> ForPeople(Step step)
    {
        var words = step.Commands.SelectMany(command => command.Expects).Concat(step.Expects).OfType<Expectation.Told>()
            .Where(told => !told.IsExample).Select(told => (told.Text, told.Line));
        if (step.Kind == StepKind.Human && !step.Expects.OfType<Expectation.AlertResolves>().Any())
        {
            words = words.Append((step.Narrative ?? step.Title, step.Line));
        }

        return words.Select(word => new CheckResult(
            string.Create(CultureInfo.InvariantCulture, $"line-{word.Line}"), Title(word.Item1),
            CheckVerdict.CouldNotTell,
            "A person has to judge this.", word.Line)
        {
            IsForPeople = true,
        });
    }

    private static string Said(CommandOutcome outcome) => outcome.End switch
    {
        CommandEnd.Held => "Its port is open.",
        CommandEnd.Refused => string.Join(" ", outcome.Refusals.Select(refusal => refusal.Reason)),
        CommandEnd.TimedOut => "It took too long.",
        _ => string.Create(CultureInfo.InvariantCulture, $"It ended with status {outcome.ExitCode}.")
            + (outcome.IsWell ? string.Empty : " " + outcome.Error.Text.Trim()),
    };

    private static string Title(string text)
    {
        const int Most = 90;
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= Most ? line : line[..Most] + "…";
    }
}
