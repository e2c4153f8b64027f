using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Export;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Tests.Acceptance;

/// <summary>
/// Nothing is fitted to a document: with its names changed and its headings put in other words it compiles to the same
/// things, with the other names and words in them.
/// </summary>
public sealed class RenamingTests
{
    private const int Ways = 12;

    [Theory]
    [MemberData(nameof(Seeds.Numbers), MemberType = typeof(Seeds))]
    public void A_renamed_and_paraphrased_seed_compiles_to_the_same_things(int seed)
    {
        var text = Seeds.Text(seed);
        var before = Seeds.Compile("a.md", text);
        for (var way = 0; way < Ways; way++)
        {
            var paraphrase = new Paraphrase(way);
            var renamed = paraphrase.Of(text);

            Assert.NotEqual(text, renamed);
            Assert.Equal(Things(before).Select(paraphrase.Words), Things(Seeds.Compile("b.md", renamed)));
        }
    }

    /// <summary>Everything that was compiled but titles, which are the headings' words.</summary>
    private static IEnumerable<string> Things(Runbook runbook) =>
    [
        .. Seeds.Commands(runbook).Select(Thing),
        .. runbook.Procedures.SelectMany(Things),
        .. runbook.Nodes.Select(node => $"{node.Kind} {node.Line}-{node.EndLine}"),
        .. runbook.Diagnostics.Select(diagnostic => $"{diagnostic.Code} {diagnostic.Span.Line}"),
    ];

    private static string Thing(StepCommand command)
    {
        var (effect, target) = (command.Effect, command.Effect.Target);
        return string.Join(" | ",
            $"command {command.Span.Line} {effect.Effect.Name()} {string.Join(',', effect.Marks.Names())}",
            $"{command.Phase} {effect.Program} {effect.Subcommand} {effect.Action} {command.IsAlternative}",
            $"{target?.Kind} {target?.Name} {target?.Namespace} {target?.Selector} {target?.Replicas}",
            $"{command.Gate?.Predicate} {command.Inside?.Kind}",
            string.Join(", ", command.Placeholders.Select(hole => $"{hole.Name} {hole.Type}")),
            string.Join(", ", command.Expects.Select(ExpectationWords.Of)));
    }

    private static IEnumerable<string> Things(Procedure procedure) =>
    [
        $"procedure {procedure.Line} {procedure.Kind} {procedure.Severity} {procedure.Threshold}",
        $"recovery {procedure.RecoveryTime} namespaces {string.Join(',', procedure.Scope.Namespaces)}",
        .. procedure.Alerts.Select(each => $"alert {each.Name} {each.Line} {each.For}"),
        .. procedure.RelatedAlerts.Select(each => $"related {each.Name} {each.Line} {each.Severity} {each.For}"),
        .. procedure.Sections.Select(each => $"section {each.Line} {each.Phase}"),
        .. procedure.Scenarios.Select(each =>
            $"scenario {each.Line} steps {string.Join(',', each.Steps.Select(step => step.Line))}"),
        .. procedure.Steps.Select(each => $"step {each.Line} {each.Kind} {each.Phase} {each.WaitFor}"),
        .. procedure.Rules.Select(each =>
            $"rule {each.Line} {(each.Observation == procedure.Title ? "" : each.Observation)} by {each.Cause}"),
        .. procedure.Escalations.Select(each => $"escalation {each.Line} {each.After} {each.From} {each.To}"),
        .. procedure.Preventions.Select(each => $"prevention {each.Line} {each.Yaml}"),
        .. procedure.Symptoms.Select(each => $"symptom {each.Line} {each.Text}"),
        .. procedure.Facts.Select(each => $"fact {each.Line} {each.Kind} {each.Text}"),
        .. procedure.Links.Select(each => $"link {each.Line} {each.Kind} {each.Condition}"),
    ];
}
