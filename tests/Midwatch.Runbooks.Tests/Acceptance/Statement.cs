using System.Globalization;
using System.Reflection;
using Midwatch.Runbooks.Export;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>Something that a runbook states, at a line: expected by the table, or found in what was compiled.</summary>
internal sealed record Statement(string Id, int Line, string Kind, string Text)
{
    /// <summary>The table's rows for one seed.</summary>
    public static IReadOnlyList<Statement> OfSeed(int number)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Acceptance/statements.txt");
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n')
                .Where(line => line.StartsWith(FormattableString.Invariant($"S{number}-"), StringComparison.Ordinal))
                .Select(line => line.Split(' ', 4))
                .Select(word => new Statement(
                    word[0], int.Parse(word[1], CultureInfo.InvariantCulture), word[2], word[3].Trim())),
        ];
    }

    /// <summary>Everything that a compiled runbook states.</summary>
    public static IEnumerable<Statement> In(Runbook runbook) => runbook.Procedures.SelectMany(In);

    /// <summary>Whether something found is what this row asks for.</summary>
    public bool IsMetBy(Statement found) => found.Kind == Kind && found.Line == Line
        && Text.Split('|').All(words => found.Text.Contains(words, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Statement> In(Procedure procedure)
    {
        var steps = procedure.Steps.Concat(procedure.Scenarios.SelectMany(scenario => scenario.Steps)).ToList();
        return
        [
            Of(procedure.Line, "title", procedure.Title),
            Of(procedure.Line, "recovery", Time(procedure.RecoveryTime)),
            .. procedure.Alerts.Select(each => Of(each.Line, "alert",
                $"{each.Name} {procedure.Severity} {procedure.Threshold} {Time(each.For)}")),
            .. procedure.RelatedAlerts.Select(each => Of(each.Line, "alert",
                $"{each.Name} {each.Severity} {each.Threshold} {Time(each.For)}")),
            .. procedure.RelatedAlerts.Select(each => Of(each.Line, "related", $"{each.Name} {each.Relation}")),
            .. procedure.Sections.Select(each => Of(each.Line, "section", each.Title)),
            .. procedure.Rules.Select(each => Of(each.Line, "rule", $"{each.Observation} → {each.Cause}")),
            .. procedure.Facts.Select(each => Of(each.Line, "fact", each.Text)),
            .. procedure.Symptoms.Concat(procedure.Scenarios.SelectMany(scenario => scenario.Hints))
                .Select(each => Of(each.Line, "sign", each.Text)),
            .. procedure.Scenarios.Select(each => Of(each.Line, "scenario", each.Heading)),
            .. procedure.Escalations.Select(each => Of(each.Line, "escalation", $"{each.Condition} {each.To}")),
            .. procedure.Escalations.Where(each => each.After is not null)
                .Select(each => Of(each.Line, "clock", $"{Time(each.After)} after {each.From}")),
            .. procedure.Preventions.Select(each => Of(each.Line, "prevention",
                $"{each.Title} {each.Text} {each.Yaml}")),
            .. steps.Select(step => Of(step.Line, "step", $"{step.Title} {step.Narrative}")),
            .. steps.Where(step => step.Gate is not null)
                .Select(step => Of(step.Line, "gate", $"{step.Gate!.Text} {step.Gate.Predicate}")),
            .. steps.SelectMany(step => step.Commands).Select(each => Of(each.Span.Line, "command", each.Text)),
            .. steps.SelectMany(step => step.Commands).Where(each => each.Gate is not null)
                .Select(each => Of(each.Span.Line, "gate", $"{each.Gate!.Text} {each.Gate.Predicate}")),
            .. steps.SelectMany(step => step.Commands)
                .SelectMany(each => each.Expects.Select(expect =>
                    Of(each.Span.Line, "expect", ExpectationWords.Of(expect)))),
            .. steps.SelectMany(step => step.Expects)
                .Select(each => Of(each.Line, "expect", ExpectationWords.Of(each))),
        ];
    }

    private static Statement Of(int line, string kind, string text) => new("", line, kind, text);

    private static string Time(TimeSpan? time) => time is { } known ? CompiledTree.Time(known) : "";
}
