using Midwatch.Cli.Terminal;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Scenarios;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Cli.Compiling;

/// <summary>Says what the compiler made of one line, and from which words.</summary>
internal sealed class LineExplanation(Screen screen, Runbook runbook)
{
    private const int LabelWidth = 12;

    internal void Show(int line, string text)
    {
        screen.Line($"{runbook.Path}:{line}: {Layout.OneLine(text).Trim()}");
        var node = runbook.Nodes.FirstOrDefault(node => node.Line <= line && line <= node.EndLine);
        Say("text", node is null ? "a blank line" : $"{Words(node.Kind)}{Range(node)}");
        foreach (var procedure in runbook.Procedures.Where(procedure => Holds(procedure, line)))
        {
            Show(procedure, line);
        }

        foreach (var note in runbook.Diagnostics.Where(each =>
            each.Span.Line <= line && line <= Math.Max(each.Span.Line, each.Span.EndLine)))
        {
            Say("diagnostic",
                $"{note.Severity.ToString().ToLowerInvariant()} {note.Code} at {note.Span.Line}:{note.Span.Column}: "
                + $"{note.Message} {note.Remedy}");
        }
    }

    private void Show(Procedure procedure, int line)
    {
        Say("procedure", $"{procedure.Title} (line {procedure.Line})");
        if (procedure.Sections.LastOrDefault(section => section.Line <= line) is { } section)
        {
            Say("section",
                $"{section.Title} (line {section.Line}), for: {section.Phase.ToString().ToLowerInvariant()}");
            Say("because", section.Because);
        }

        foreach (var scenario in procedure.Scenarios.Where(scenario => scenario.Line == line))
        {
            Show(procedure, scenario);
        }

        ShowStatements(procedure, line);
        foreach (var (step, scenario) in Steps(procedure))
        {
            Show(step, scenario, line);
        }
    }

    private void Show(Procedure procedure, Scenario scenario)
    {
        Say("scenario", scenario.Heading);
        if (scenario.Condition is { } condition)
        {
            Say("condition", condition);
        }

        var causes = CauseCatalog.Default();
        var links = ScenarioLinker.Link(procedure, causes).Where(link => link.Scenario == scenario.Id)
            .OrderByDescending(link => link.Strength).ToArray();
        foreach (var link in links)
        {
            Say("about",
                $"{link.Strength} % {causes.Find(link.Cause)?.Title ?? link.Cause}: {link.Why} [line {link.Line}]"
                + (link.DependencyOnly ? "; of what the service needs, not of itself" : string.Empty));
        }

        if (links.Length == 0)
        {
            Say("about", "no cause that Midwatch knows: neither its title, condition, lists nor commands name one. "
                + "It is never chosen by itself.");
        }
    }

    private void ShowStatements(Procedure procedure, int line)
    {
        foreach (var alert in procedure.Alerts.Where(alert => alert.Line == line))
        {
            Say("alert", $"{alert.Name} opens this procedure");
        }

        foreach (var rule in procedure.Rules.Where(rule => rule.Line == line))
        {
            Say("rule", $"\"{rule.Observation}\" means \"{rule.Cause}\""
                + (rule.IsLiteral ? ", found letter by letter in output" : string.Empty)
                + (rule.Subject is { } subject ? $", of {CommandExplanation.Words(subject)}" : string.Empty));
        }

        var hints = procedure.Symptoms.Select(hint => (hint, Of: "the procedure"))
            .Concat(procedure.Scenarios.SelectMany(scenario =>
                scenario.Hints.Select(hint => (hint, Of: $"\"{scenario.Heading}\""))));
        foreach (var (hint, of) in hints.Where(each => each.hint.Line == line))
        {
            Say("sign", $"of {of}: {hint.Text}");
        }

        foreach (var escalation in procedure.Escalations.Where(each => each.Line == line))
        {
            Say("escalation", $"{escalation.Condition ?? "path"}{(escalation.To is { } to ? $" → {to}" : string.Empty)}"
                + (escalation.After is { } after ? $", {after:g} after {escalation.From}" : string.Empty));
        }

        foreach (var fact in procedure.Facts.Where(fact => fact.Line == line))
        {
            Say(fact.Kind.ToString().ToLowerInvariant(), fact.Text);
        }

        foreach (var link in procedure.Links.Where(link => link.Line == line))
        {
            var condition = link.Condition is { } when ? $", {when}" : string.Empty;
            Say("link", $"{link.Text} leads to {link.Target}{condition}");
        }

        foreach (var related in procedure.RelatedAlerts.Where(each => each.Line == line))
        {
            Say("alert", $"{related.Name} is mentioned: {related.Relation}");
        }

        foreach (var prevention in procedure.Preventions.Where(each => each.Line == line))
        {
            Say("prevention", prevention.Title);
        }
    }

    private void Show(Step step, Scenario? scenario, int line)
    {
        foreach (var command in step.Commands.Where(command => Covers(command, line)))
        {
            Say("step", step.Title + (scenario is null ? string.Empty : $", of \"{scenario.Heading}\""));
            new CommandExplanation(Say).Show(command);
        }

        if (step.Kind != StepKind.Commands && step.Line == line)
        {
            Say("step", step.Kind == StepKind.Wait ? $"waits {step.WaitFor:g}"
                : $"for a person: {step.Narrative ?? step.Title}");
        }

        foreach (var expects in step.Expects.Concat(step.Commands.SelectMany(command => command.Expects))
            .Where(each => each.Line == line))
        {
            Say("expects", CommandExplanation.Words(expects));
        }

        if (step.Gate is { } gate && gate.Line == line)
        {
            Say("only", CommandExplanation.Words(gate));
        }
    }

    private static bool Holds(Procedure procedure, int line) =>
        Last(procedure) is var last && procedure.Line <= line && line <= last;

    // A procedure ends where the document says the last thing of it.
    private static int Last(Procedure procedure) => Steps(procedure)
        .SelectMany(each => each.Step.Commands.Select(command => command.Span.EndLine)
            .Concat(each.Step.Expects.Select(expects => expects.Line)).Append(each.Step.Line))
        .Concat(procedure.Rules.Select(rule => rule.Line))
        .Concat(procedure.Escalations.Select(escalation => escalation.Line))
        .Concat(procedure.Preventions.Select(prevention => prevention.Line))
        .Concat(procedure.Scenarios.Select(scenario => scenario.Line))
        .Append(procedure.Line).Max();

    private static IEnumerable<(Step Step, Scenario? Scenario)> Steps(Procedure procedure) =>
        procedure.Steps.Select(step => (step, (Scenario?)null))
            .Concat(procedure.Scenarios.SelectMany(scenario =>
                scenario.Steps.Select(step => (step, (Scenario?)scenario))));

    private static bool Covers(StepCommand command, int line) =>
        command.Span.Line <= line && line <= Math.Max(command.Span.Line, command.Span.EndLine);

    private static string Words(NodeKind kind) => kind switch
    {
        NodeKind.FrontMatter => "front matter",
        NodeKind.Code => "code block",
        NodeKind.Unrecognised => "not recognised: it is shown to people and given no meaning",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string Range(DocumentNode node) =>
        node.Line == node.EndLine ? string.Empty : $", lines {node.Line}–{node.EndLine}";

    private void Say(string label, string text) =>
        screen.Line($"  {screen.Paint(Ink.Dim, label.PadRight(LabelWidth))}{Layout.Wrap(text, LabelWidth + 2)}");
}
