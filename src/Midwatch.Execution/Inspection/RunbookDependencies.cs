using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// What the runbook itself calls a dependency: the targets of diagnose steps under such a heading are needed by the
/// targets of the others.
/// </summary>
internal static partial class RunbookDependencies
{
    public static DependencyGraph Add(DependencyGraph graph, Procedure procedure)
    {
        var steps = procedure.Steps.Where(step => step.Phase == Phase.Diagnose).ToArray();
        var needed = steps.Where(Speaks).ToArray();
        var needing = Subjects(graph, steps.Except(needed)).ToImmutableSortedSet();
        var found = needed.SelectMany(step => Subjects(graph, [step]).Select(subject => (step, subject)))
            .Where(one => !needing.Contains(one.subject)).ToArray();
        return graph with
        {
            Edges =
            [
                .. graph.Edges,
                .. needing.SelectMany(user => found.Select(one => new GraphEdge(
                    user, one.subject, GraphEdge.Runbook, $"line {one.step.Line}: {one.step.Title}"))),
            ],
        };
    }

    private static bool Speaks(Step step) => Words().IsMatch(step.Title) || Words().IsMatch(step.Narrative ?? "");

    // Workloads only: a Service's needs are known from its selector.
    private static IEnumerable<Subject> Subjects(DependencyGraph graph, IEnumerable<Step> steps) =>
        steps.SelectMany(step => step.Commands).Select(command => command.Effect.Target).OfType<TargetReference>()
            .SelectMany(target => graph.Nodes.Where(node => node.Subject.IsWorkload && IsMeant(target, node))
                .Select(node => node.Subject))
            .Distinct();

    private static bool IsMeant(TargetReference target, GraphNode node) =>
        (target.Namespace is null || target.Namespace == node.Subject.Namespace)
        && (target.Name is { } name
            ? node.Subject.Name == name && node.Subject.Kind == target.Kind
            : target.Selector is { } selector && target.Kind == "pod" && IsLabelled(selector, node.PodLabels));

    private static bool IsLabelled(string selector, ImmutableSortedDictionary<string, string> labels) =>
        selector.Split(',').Select(term => term.Split('=', 2))
            .All(term => term.Length == 2 && labels.GetValueOrDefault(term[0].Trim()) == term[1].Trim('=', ' '));

    [GeneratedRegex(@"(?i)(dependenc|depends? on|upstream|backend|downstream service|prerequisite)")]
    private static partial Regex Words();
}
