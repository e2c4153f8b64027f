using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Cli.Terminal;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Cli.Compiling;

/// <summary>One line for each runbook, and how much of their text the compiler gave no meaning.</summary>
internal sealed class CompileSummary(Screen screen)
{
    internal void Show(ImmutableArray<Runbook> runbooks)
    {
        foreach (var runbook in runbooks)
        {
            var commands = Commands(runbook);
            screen.Line($"{runbook.Path}: {Count(runbook.Procedures.Length, "procedure")}, "
                + $"{Count(runbook.Procedures.Sum(procedure => procedure.Scenarios.Length), "scenario")}, "
                + $"{Count(commands.Length, "command")}{Effects(commands)}, {Diagnostics(runbook)}; {Unrecognised([runbook])}");
        }

        if (runbooks.Length > 1)
        {
            screen.Line(
                $"{Count(runbooks.Length, "runbook")}: {Count(runbooks.Sum(each => each.Procedures.Length), "procedure")}, "
                + $"{Count(runbooks.Sum(each => Commands(each).Length), "command")}; {Unrecognised(runbooks)}");
        }
    }

    private static ImmutableArray<StepCommand> Commands(Runbook runbook) =>
    [
        .. runbook.Procedures.SelectMany(procedure =>
            procedure.Steps.Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps)))
                .SelectMany(step => step.Commands),
    ];

    private static string Effects(ImmutableArray<StepCommand> commands)
    {
        var counts = commands.GroupBy(command => command.Effect.Effect).OrderBy(group => group.Key)
            .Select(group => $"{Number(group.Count())} {group.Key.Name()}");
        return commands.IsEmpty ? string.Empty : $" ({string.Join(", ", counts)})";
    }

    private static string Diagnostics(Runbook runbook) =>
        $"{Count(runbook.Diagnostics.Count(each => each.Severity == Severity.Error), "error")}, "
        + Count(runbook.Diagnostics.Count(each => each.Severity == Severity.Warning), "warning");

    // Of the lines that hold anything: blank ones need no meaning.
    private static string Unrecognised(ImmutableArray<Runbook> runbooks)
    {
        var (lost, all) = (0, 0);
        foreach (var runbook in runbooks)
        {
            var lines = RunbookText.Lines(runbook);
            all += lines.Count(line => !string.IsNullOrWhiteSpace(line));
            lost += runbook.Nodes.Where(node => node.Kind == NodeKind.Unrecognised).Sum(node =>
                lines.Skip(node.Line - 1).Take(node.EndLine - node.Line + 1)
                    .Count(line => !string.IsNullOrWhiteSpace(line)));
        }

        var share = all == 0 ? 0 : 100.0 * lost / all;
        return string.Create(CultureInfo.InvariantCulture, $"unrecognised {share:0.#} % ({lost} of {all} lines)");
    }

    private static string Count(int number, string noun) =>
        $"{Number(number)} {noun}{(number == 1 ? string.Empty : "s")}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
