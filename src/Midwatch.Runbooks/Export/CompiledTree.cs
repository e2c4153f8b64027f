using System.Globalization;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Export;

/// <summary>Shows a compiled runbook to a person, as a tree.</summary>
public static class CompiledTree
{
    /// <summary>Writes the tree.</summary>
    /// <param name="colour">Whether ANSI colours may be used.</param>
    public static void Write(TextWriter writer, Runbook runbook, bool colour)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(runbook);
        var tree = new TreeWriter(writer, new TreePalette(colour));
        tree.Line(0, $"{tree.Palette.Strong(runbook.Title)}  {tree.Palette.Faint(runbook.Path)}");
        foreach (var procedure in runbook.Procedures)
        {
            Procedure(tree, procedure);
        }

        foreach (var diagnostic in runbook.Diagnostics)
        {
            var at = $"{runbook.Path}:{diagnostic.Span.Line}:{diagnostic.Span.Column}";
            var what = $"{tree.Palette.Of(diagnostic.Severity)} {diagnostic.Code}: {diagnostic.Message}";
            tree.Line(0, $"{at}: {what} {diagnostic.Remedy}".TrimEnd());
        }
    }

    private static void Procedure(TreeWriter tree, Procedure procedure)
    {
        tree.Blank();
        var severity = procedure.Severity is null ? "" : $", {procedure.Severity}";
        tree.Line(0,
            $"{tree.Palette.Strong(procedure.Title)}  {tree.Palette.Faint($"line {procedure.Line}, {Words(procedure.Kind)}{severity}")}");
        if (!procedure.Alerts.IsEmpty)
        {
            tree.Line(1, $"alerts: {string.Join(", ", procedure.Alerts.Select(alert => alert.Name))}");
        }

        if (procedure.Threshold is { } threshold)
        {
            tree.Line(1, $"threshold: {threshold}");
        }

        if (!procedure.Scope.Namespaces.IsEmpty)
        {
            tree.Line(1, $"scope: {string.Join(", ", procedure.Scope.Namespaces)}");
        }

        if (procedure.RecoveryTime is { } time)
        {
            tree.Line(1, $"recovers within: {time:g}");
        }

        foreach (var symptom in procedure.Symptoms)
        {
            tree.Line(1, tree.Palette.Faint($"sign: {symptom.Text}"));
        }

        foreach (var phase in Enum.GetValues<Phase>())
        {
            Phase(tree, procedure, phase);
        }

        Rest(tree, procedure);
    }

    private static void Phase(TreeWriter tree, Procedure procedure, Phase phase)
    {
        var steps = procedure.Steps.Where(step => step.Phase == phase).ToList();
        var scenarios = phase == Procedures.Phase.Resolve ? procedure.Scenarios : [];
        if (steps.Count == 0 && scenarios.IsEmpty)
        {
            return;
        }

        tree.Line(1, tree.Palette.Strong(Words(phase)));
        foreach (var step in steps)
        {
            Step(tree, step, 2);
        }

        foreach (var scenario in scenarios)
        {
            tree.Line(2, $"▸ {scenario.Heading}  {tree.Palette.Faint($"line {scenario.Line}")}");
            foreach (var hint in scenario.Hints)
            {
                tree.Line(3, tree.Palette.Faint($"sign: {hint.Text}"));
            }

            foreach (var step in scenario.Steps)
            {
                Step(tree, step, 3);
            }
        }
    }

    private static void Step(TreeWriter tree, Step step, int depth)
    {
        var kind = step.Kind switch
        {
            StepKind.Human => "by hand: ",
            StepKind.Wait => "wait: ",
            _ => "",
        };
        var gate = step.Gate is null ? "" : $"  {Gate(step.Gate)}";
        tree.Line(depth, $"{kind}{step.Title}{tree.Palette.Faint(gate)}");
        foreach (var command in step.Commands)
        {
            Command(tree, command, depth + 1);
        }

        foreach (var expectation in step.Expects)
        {
            tree.Line(depth + 1, tree.Palette.Faint($"expects: {ExpectationWords.Of(expectation)}"));
        }
    }

    private static void Command(TreeWriter tree, StepCommand command, int depth)
    {
        var marks = string.Concat(command.Effect.Marks.Names().Select(mark => $" {mark}"));
        var first = command.Text.Split('\n')[0].TrimEnd('\\', ' ');
        var more = command.Text.Contains('\n', StringComparison.Ordinal) ? " …" : "";
        var damaged = command.Script is null ? $"  {tree.Palette.Of(Diagnostics.Severity.Error)}: refused" : "";
        tree.Line(depth,
            $"{Number(command.Span.Line)} {tree.Palette.Of(command.Effect.Effect)}{marks}  {first}{more}{damaged}");
        if (command.Gate is { } gate)
        {
            tree.Line(depth + 1, tree.Palette.Faint(Gate(gate)));
        }

        foreach (var placeholder in command.Placeholders)
        {
            tree.Line(depth + 1, tree.Palette.Faint($"to fill: {placeholder.Name} ({placeholder.Type})"));
        }

        foreach (var expectation in command.Expects)
        {
            tree.Line(depth + 1, tree.Palette.Faint($"expects: {ExpectationWords.Of(expectation)}"));
        }
    }

    private static void Rest(TreeWriter tree, Procedure procedure)
    {
        List(tree, "rules", procedure.Rules.Select(rule => $"{Number(rule.Line)} {rule.Observation} → {rule.Cause}"));
        List(tree, "escalation", procedure.Escalations.Select(Escalation));
        List(tree, "prevention", procedure.Preventions.Select(each => $"{Number(each.Line)} {each.Title}"));
        List(tree, "related alerts",
            procedure.RelatedAlerts.Select(each => $"{Number(each.Line)} {each.Name}: {each.Relation}"));
    }

    private static void List(TreeWriter tree, string title, IEnumerable<string> items)
    {
        var lines = items.ToList();
        if (lines.Count == 0)
        {
            return;
        }

        tree.Line(1, tree.Palette.Strong(title));
        foreach (var line in lines)
        {
            tree.Line(2, line);
        }
    }

    private static string Escalation(Escalation escalation)
    {
        var clock = escalation.After is { } after ? $" [{after:g} after {escalation.From}]" : "";
        var addressee = escalation.To is null ? "" : $" → {escalation.To}";
        return $"{Number(escalation.Line)} {escalation.Condition ?? "path"}{addressee}{clock}";
    }

    private static string Gate(Gate gate) => $"only: {gate.Text} ({gate.Predicate ?? "ask"})";

    private static string Number(int line) => line.ToString(CultureInfo.InvariantCulture).PadLeft(4);

    internal static string Words(ProcedureKind kind) => kind switch
    {
        ProcedureKind.Alert => "alert",
        ProcedureKind.Failure => "failure",
        ProcedureKind.Operation => "operation",
        _ => "general",
    };

    internal static string Words(Phase phase) => phase switch
    {
        Procedures.Phase.Context => "context",
        Procedures.Phase.Diagnose => "diagnose",
        Procedures.Phase.Resolve => "resolve",
        Procedures.Phase.Verify => "verify",
        Procedures.Phase.Prevent => "prevent",
        Procedures.Phase.Escalate => "escalate",
        Procedures.Phase.Communicate => "communicate",
        Procedures.Phase.Postincident => "postincident",
        Procedures.Phase.Operate => "operate",
        _ => "reference",
    };
}
