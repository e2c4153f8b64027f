using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Export;

/// <summary>Shows steps and their commands in the tree.</summary>
internal sealed class TreeSteps(TreeWriter tree)
{
    public void Step(Step step, int depth)
    {
        var title = step switch
        {
            { Kind: StepKind.Wait, WaitFor: { } time } =>
                $"{tree.Palette.Asked("wait")} {CompiledTree.Time(time)}: {step.Title}",
            { Kind: StepKind.Human, Language: { } language } when language != "bash" =>
                $"{tree.Palette.Asked(language)} {step.Title}",
            { Kind: StepKind.Human } => $"{tree.Palette.Asked("by hand")} {step.Title}",
            _ => step.Title,
        };
        tree.Line(depth, title, step.Line);
        if (step.Gate is { } gate)
        {
            Aside(depth + 1, Gate(gate));
        }

        foreach (var command in step.Commands)
        {
            Command(command, step, depth + 1);
        }

        foreach (var expectation in step.Expects)
        {
            Expects(expectation, depth + 1);
        }
    }

    private void Command(StepCommand command, Step step, int depth)
    {
        var marks = command.Effect.Marks.Names().ToList();
        var first = command.Text.Split('\n')[0].TrimEnd('\\', ' ');
        var more = command.Text.Contains('\n', StringComparison.Ordinal) ? " …" : "";
        var shown = marks.Count == 0 ? "" : $"  [{string.Join(", ", marks)}]";
        var either = command.IsAlternative ? tree.Palette.Asked("or ") : "";
        tree.Line(depth, $"{either}{tree.Palette.Of(command.Effect.Effect)} {first}{more}{tree.Palette.Faint(shown)}",
            command.Span.Line);
        if (command.Script is null && command.Inside is null)
        {
            tree.Line(depth + 1, $"{tree.Palette.Of(Severity.Error)}: damaged, so it is refused");
        }

        if (command.Inside is { } place)
        {
            Aside(depth + 1, place.Line == command.Span.Line
                ? $"at the prompt of another shell or program, by hand: {place.Opener}"
                : $"inside the {place.Kind} that line {place.Line} opens, by hand: {place.Opener}");
        }

        if (command.Gate is { } gate && gate != step.Gate)
        {
            Aside(depth + 1, Gate(gate));
        }

        if (!command.Placeholders.IsEmpty)
        {
            var holes = command.Placeholders.Select(hole => $"{hole.Name} ({hole.Type})").Distinct();
            Aside(depth + 1, $"to fill: {string.Join(", ", holes)}");
        }

        foreach (var expectation in command.Expects)
        {
            Expects(expectation, depth + 1);
        }
    }

    private void Expects(Expectation expectation, int depth)
    {
        if (expectation is Expectation.Told { IsExample: true } example)
        {
            var lines = example.Text.Split('\n');
            var more = lines.Length > 1 ? $" … ({lines.Length} lines)" : "";
            Aside(depth, $"example: {Short(lines[0])}{more}");
            return;
        }

        Aside(depth, $"expects: {ExpectationWords.Of(expectation)}");
    }

    private void Aside(int depth, string text) => tree.Line(depth, tree.Palette.Faint(TreeWriter.OneLine(text)));

    private static string Short(string line) => line.Length > 100 ? $"{line[..99]}…" : line;

    private static string Gate(Gate gate) => gate.Predicate is { } predicate
        ? $"only {gate.Text} ({predicate})"
        : $"only {gate.Text} (a person says)";
}
