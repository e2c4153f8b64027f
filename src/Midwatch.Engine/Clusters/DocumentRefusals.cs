using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Engine.Clusters;

/// <summary>What the compiler says is wrong with a command keeps it from running, like what its preview says.</summary>
internal static class DocumentRefusals
{
    /// <summary>
    /// All reasons against a command, in the document's order; a place that both speak of is told once.
    /// </summary>
    /// <param name="foreseen">What the preview says.</param>
    /// <param name="diagnostics">Those of the whole runbook.</param>
    internal static ImmutableArray<Refusal> Join(
        StepCommand command, ImmutableArray<Refusal> foreseen, ImmutableArray<RunbookDiagnostic> diagnostics) =>
    [
        .. diagnostics
            .Where(each => each.Severity == Severity.Error && Lies(each.Span, command))
            .Select(each => new Refusal(each.Message, each.Span.Line, each.Span.Column, each.Remedy))
            .Where(said => !foreseen.Any(each => (each.Line, each.Column) == (said.Line, said.Column)))
            .Concat(foreseen)
            .OrderBy(each => each.Line).ThenBy(each => each.Column),
    ];

    private static bool Lies(DocumentSpan span, StepCommand command) =>
        span.Line >= command.Span.Line && span.Line <= command.Span.EndLine;
}
