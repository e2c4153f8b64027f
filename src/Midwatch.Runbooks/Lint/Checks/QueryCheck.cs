using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Lint.Queries;
using Midwatch.Runbooks.Lint.Rules;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// Queries of a document: rejected by Prometheus (MW6008), a metric that no rule knows, with a known one near (MW6004)
/// or not (MW6005).
/// </summary>
internal static partial class QueryCheck
{
    /// <summary>What is wrong with the document's queries.</summary>
    public static IEnumerable<Report> Of(LintDocument document, LintInput input)
    {
        var known = input.Rules is { } rules ? Known(rules) : null;
        foreach (var query in DocumentQuery.Of(document))
        {
            if (Problem(query, input) is { } problem)
            {
                yield return new Report("MW6008", query.Span, $"Prometheus rejects the query: {problem}",
                    "Correct it.");
            }

            foreach (var report in known is null ? [] : Strangers(query, known))
            {
                yield return report;
            }
        }
    }

    /// <summary>
    /// What Prometheus says; nothing where a line is a query of its own, as then the block has several.
    /// </summary>
    private static string? Problem(DocumentQuery query, LintInput input)
    {
        string[] readings = [.. query.Readings];
        // "4_000_000" and "500ms" are numbers to Prometheus 3 and none to those before.
        return !Grouped().IsMatch(query.Text) && !Time().IsMatch(query.Text)
            && input.QueryProblem?.Invoke(query.Text) is { } problem
            && (readings.Length == 1 || readings.Skip(1).All(line => input.QueryProblem(line) is not null))
                ? problem
                : null;
    }

    private static IEnumerable<Report> Strangers(DocumentQuery query, FrozenSet<string> known) =>
        from metric in new PromQlShape(query.Text).Metrics
        where !known.Contains(metric.Text)
        let near = Nearest.To(metric.Text, known, 2)
        let message = $"No rule uses the metric '{metric.Text}'."
        select near is null
            ? new Report("MW6005", query.Span, message, "Make sure that it is there.")
            : new Report("MW6004", query.Span, message, $"Did you mean '{near}'?");

    [GeneratedRegex(@"\b[0-9]+_[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex Grouped();

    [GeneratedRegex(@"(?<=[-+*/<>=(,]\s*)\b[0-9]+(ms|[smhdwy])\b(?!\s*[\]:])", RegexOptions.CultureInvariant)]
    private static partial Regex Time();

    private static FrozenSet<string> Known(RuleSet rules) => rules.Rules
        .SelectMany(rule => new PromQlShape(rule.Expression).Metrics.Select(metric => metric.Text)
            .Concat(rule.IsAlert ? [] : [rule.Name]))
        .ToFrozenSet(StringComparer.Ordinal);
}
