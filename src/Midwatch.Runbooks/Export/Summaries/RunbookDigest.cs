using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Export.Summaries;

/// <summary>What a summary keeps of one compiled document: numbers, so that a folder of any size fits.</summary>
public sealed record RunbookDigest
{
    /// <summary>The document, as the user named it.</summary>
    public required string Path { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>How many procedures it holds.</summary>
    public required int Procedures { get; init; }

    /// <summary>How many alerts open them.</summary>
    public required int Alerts { get; init; }

    /// <summary>How many branches their resolutions have.</summary>
    public required int Scenarios { get; init; }

    /// <summary>How many steps a person does, waits included.</summary>
    public required int HumanSteps { get; init; }

    /// <summary>Its commands by effect, in the order read, change, unknown, destroy.</summary>
    public required ImmutableArray<int> Commands { get; init; }

    /// <summary>How many of the commands run inside a shell or prompt of another place.</summary>
    public required int Inside { get; init; }

    /// <summary>For each part of a complete answer whether its alert and failure procedures have it.</summary>
    public required ImmutableArray<PartShare> Parts { get; init; }

    /// <summary>How many diagnostics are errors.</summary>
    public required int Errors { get; init; }

    /// <summary>How many diagnostics are warnings.</summary>
    public required int Warnings { get; init; }

    /// <summary>How many lines hold anything.</summary>
    public required int Lines { get; init; }

    /// <summary>How many of them the compiler gave no meaning.</summary>
    public required int Unrecognised { get; init; }

    /// <summary>
    /// Of what a complete answer has, how much is there, in percent; null without an alert or failure.
    /// </summary>
    public int? Completeness => Parts.Sum(part => part.Of) is > 0 and var all
        ? 100 * Parts.Sum(part => part.Has) / all
        : null;

    /// <summary>The numbers of a compiled document.</summary>
    public static RunbookDigest Of(Runbook runbook)
    {
        ArgumentNullException.ThrowIfNull(runbook);
        var steps = runbook.Procedures.SelectMany(StepsOf).ToList();
        var commands = steps.SelectMany(step => step.Commands).ToList();
        var (lines, unrecognised) = Count(runbook);
        return new RunbookDigest
        {
            Path = runbook.Path,
            Title = runbook.Title,
            Procedures = runbook.Procedures.Length,
            Alerts = runbook.Procedures.Sum(procedure => procedure.Alerts.Length),
            Scenarios = runbook.Procedures.Sum(procedure => procedure.Scenarios.Length),
            HumanSteps = steps.Count(step => step.Kind != StepKind.Commands),
            Commands = [.. Enum.GetValues<Effect>().Order()
                .Select(effect => commands.Count(command => command.Effect.Effect == effect))],
            Inside = commands.Count(command => command.Inside is not null),
            Parts = PartsOf(runbook),
            Errors = runbook.Diagnostics.Count(each => each.Severity == Severity.Error),
            Warnings = runbook.Diagnostics.Count(each => each.Severity == Severity.Warning),
            Lines = lines,
            Unrecognised = unrecognised,
        };
    }

    internal static IEnumerable<Step> StepsOf(Procedure procedure) =>
        procedure.Steps.Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps));

    private static ImmutableArray<PartShare> PartsOf(Runbook runbook)
    {
        var answers = runbook.Procedures
            .Where(each => each.Kind is ProcedureKind.Alert or ProcedureKind.Failure).ToList();
        return
        [
            Share("diagnosis", each => StepsOf(each).Any(step => step.Phase == Phase.Diagnose)),
            Share("resolution", each => StepsOf(each).Any(step => step.Phase == Phase.Resolve)),
            Share("verification", each =>
                StepsOf(each).Any(step => step.Phase == Phase.Verify || !step.Expects.IsEmpty)),
            Share("escalation", each => !each.Escalations.IsEmpty),
        ];

        PartShare Share(string name, Func<Procedure, bool> has) => new(name, answers.Count(has), answers.Count);
    }

    private static (int Lines, int Unrecognised) Count(Runbook runbook)
    {
        var (all, lost, line, at) = (0, 0, 1, 0);
        var kinds = runbook.Nodes;
        foreach (var text in runbook.Text.AsSpan().EnumerateLines())
        {
            while (at < kinds.Length && kinds[at].EndLine < line)
            {
                at++;
            }

            if (!text.IsWhiteSpace())
            {
                all++;
                lost += at < kinds.Length && kinds[at].Line <= line && kinds[at].Kind == NodeKind.Unrecognised ? 1 : 0;
            }

            line++;
        }

        return (all, lost);
    }
}

/// <summary>How many of a document's answers to alerts and failures have a part.</summary>
public sealed record PartShare(string Name, int Has, int Of);
