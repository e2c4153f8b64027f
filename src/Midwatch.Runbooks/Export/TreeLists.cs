using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Export;

/// <summary>Shows what a procedure states beside its steps: rules, clocks, measures, alerts, links.</summary>
internal static class TreeLists
{
    public static void Write(TreeWriter tree, Procedure procedure)
    {
        List(tree, "rules", procedure.Rules,
            rule => (rule.Line, $"{TreeWriter.OneLine(rule.Observation)} → {TreeWriter.OneLine(rule.Cause)}"));
        List(tree, "escalation", procedure.Escalations, each => (each.Line, Escalation(tree, each)));
        List(tree, "prevention", procedure.Preventions,
            each => (each.Line, each.Yaml is null ? each.Title : $"{each.Title} {tree.Palette.Faint("(with YAML)")}"));
        List(tree, "related alerts", procedure.RelatedAlerts, each => (each.Line, Related(tree, each)));
        List(tree, "leads to", procedure.Links.Where(link => link.Kind != LinkKind.Page), each => (each.Line,
            $"{each.Text} {tree.Palette.Faint($"{each.Target}{(each.Condition is { } when ? $", {when}" : "")}")}"));
    }

    private static void List<T>(
        TreeWriter tree, string title, IEnumerable<T> items, Func<T, (int Line, string Text)> show)
    {
        var first = true;
        foreach (var item in items)
        {
            if (first)
            {
                tree.Line(1, tree.Palette.Strong(title.ToUpperInvariant()));
                first = false;
            }

            var (line, text) = show(item);
            tree.Line(2, text, line);
        }
    }

    private static string Escalation(TreeWriter tree, Escalation escalation)
    {
        var clock = escalation.After is { } after
            ? tree.Palette.Asked($"{CompiledTree.Time(after)} after {escalation.From}") + "  "
            : "";
        var addressee = escalation.To is null ? ""
            : escalation.Condition is null ? escalation.To : $" → {escalation.To}";
        return $"{clock}{escalation.Condition}{addressee}";
    }

    private static string Related(TreeWriter tree, RelatedAlert alert)
    {
        var held = alert.For is { } time ? $" for {CompiledTree.Time(time)}" : "";
        var facts = $"{alert.Severity} {alert.Threshold}{held}".Trim();
        var words = string.Join(": ", new[] { alert.Relation, facts }.Where(each => each.Length > 0));
        return $"{alert.Name}  {tree.Palette.Faint(words)}";
    }
}
