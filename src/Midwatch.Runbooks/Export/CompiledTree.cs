using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Export;

/// <summary>Shows a compiled runbook to a person, as a tree.</summary>
public static class CompiledTree
{
    private const int LabelWidth = 12;

    /// <summary>Writes the tree.</summary>
    /// <param name="colour">Whether ANSI colours may be used.</param>
    public static void Write(TextWriter writer, Runbook runbook, bool colour)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(runbook);
        var tree = new TreeWriter(writer, new TreePalette(colour));
        tree.Text(0, $"{tree.Palette.Strong(runbook.Title)}  {tree.Palette.Faint(runbook.Path)}");
        foreach (var procedure in runbook.Procedures)
        {
            tree.Blank();
            Procedure(tree, procedure);
        }

        if (!runbook.Diagnostics.IsEmpty)
        {
            tree.Blank();
        }

        foreach (var diagnostic in runbook.Diagnostics)
        {
            var at = $"{runbook.Path}:{diagnostic.Span.Line}:{diagnostic.Span.Column}";
            var what = $"{tree.Palette.Of(diagnostic.Severity)} {diagnostic.Code}: {diagnostic.Message}";
            tree.Text(0, $"{at}: {what} {diagnostic.Remedy}");
        }
    }

    private static void Procedure(TreeWriter tree, Procedure procedure)
    {
        var severity = procedure.Severity is null ? "" : $", {procedure.Severity}";
        tree.Line(0,
            $"{tree.Palette.Strong(procedure.Title)}  {tree.Palette.Faint($"{Words(procedure.Kind)}{severity}")}",
            procedure.Line);
        foreach (var alert in procedure.Alerts)
        {
            var held = alert.For is { } time ? $", after {Time(time)}" : "";
            var name = tree.Palette.Strong(alert.Name) + tree.Palette.Faint(held);
            tree.Line(1, Label(tree, "opened by") + name, alert.Line);
        }

        Fact(tree, "fires when", procedure.Threshold);
        Fact(tree, "namespaces", string.Join(", ", procedure.Scope.Namespaces));
        Fact(tree, "recovers in", procedure.RecoveryTime is { } recovery ? Time(recovery) : null);
        foreach (var symptom in procedure.Symptoms)
        {
            tree.Line(1, Label(tree, "sign") + TreeWriter.OneLine(symptom.Text), symptom.Line);
        }

        foreach (var fact in procedure.Facts)
        {
            tree.Line(1, Label(tree, Words(fact.Kind)) + TreeWriter.OneLine(fact.Text), fact.Line);
        }

        foreach (var phase in Enum.GetValues<Phase>())
        {
            Phase(tree, procedure, phase);
        }

        TreeLists.Write(tree, procedure);
    }

    private static void Phase(TreeWriter tree, Procedure procedure, Phase phase)
    {
        var steps = procedure.Steps.Where(step => step.Phase == phase).ToList();
        var scenarios = phase == Procedures.Phase.Resolve ? procedure.Scenarios : [];
        if (steps.Count == 0 && scenarios.IsEmpty)
        {
            return;
        }

        tree.Line(1, tree.Palette.Strong(Words(phase).ToUpperInvariant()));
        var writer = new TreeSteps(tree);
        foreach (var step in steps)
        {
            writer.Step(step, 2);
        }

        foreach (var scenario in scenarios)
        {
            tree.Line(2, $"▸ {tree.Palette.Strong(scenario.Heading)}", scenario.Line);
            foreach (var hint in scenario.Hints)
            {
                tree.Line(3, tree.Palette.Faint($"sign: {TreeWriter.OneLine(hint.Text)}"), hint.Line);
            }

            foreach (var step in scenario.Steps)
            {
                writer.Step(step, 3);
            }
        }
    }

    private static void Fact(TreeWriter tree, string label, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            tree.Line(1, Label(tree, label) + TreeWriter.OneLine(text));
        }
    }

    private static string Label(TreeWriter tree, string label) => tree.Palette.Faint(label.PadRight(LabelWidth));

    /// <summary>A time as people say it.</summary>
    internal static string Time(TimeSpan time) => time.TotalSeconds < 1
        ? FormattableString.Invariant($"{time.TotalMilliseconds:0.#} ms")
        : time.TotalSeconds < 120 && time.TotalSeconds % 60 != 0
            ? FormattableString.Invariant($"{time.TotalSeconds:0.#} s")
        : time.TotalMinutes < 120 && time.TotalMinutes % 60 != 0
            ? FormattableString.Invariant($"{time.TotalMinutes:0.#} min")
            : time.TotalHours < 48 ? FormattableString.Invariant($"{time.TotalHours:0.#} h")
            : FormattableString.Invariant($"{time.TotalDays:0.#} days");

    internal static string Words(ProcedureKind kind) => Lower(kind);

    internal static string Words(Phase phase) => Lower(phase);

    internal static string Words(LinkKind kind) => Lower(kind);

    internal static string Words(FactKind kind) => Lower(kind);

    private static string Lower<T>(T word)
        where T : struct, Enum => string.Concat(word.ToString().Select(char.ToLowerInvariant));
}
