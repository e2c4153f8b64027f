using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Lint.Rules;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Lint.Queries;

/// <summary>A PromQL query that stands in a document.</summary>
/// <param name="Span">Its first line.</param>
internal sealed partial record DocumentQuery(string Text, DocumentSpan Span)
{
    /// <summary>The queries of blocks, of rules in blocks, and of curl. One with a hole in it is not whole
    /// yet.</summary>
    public static IEnumerable<DocumentQuery> Of(LintDocument document) =>
        Blocks(document).Concat(Rules(document)).Concat(Requests(document)).Where(query => IsWhole(query.Text));

    /// <summary>The query, and where it has several lines, each of them: they may be several queries.</summary>
    public IEnumerable<string> Readings => Text.Contains('\n', StringComparison.Ordinal)
        ? [Text, .. Text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)]
        : [Text];

    private static bool IsWhole(string text) =>
        text.Length > 0 && !Foreign().IsMatch(text)
            && !text.Contains('<', StringComparison.Ordinal) | IsComparison(text)
        && !text.Contains("{{", StringComparison.Ordinal) && !text.Contains('$', StringComparison.Ordinal)
        && !text.Contains("...", StringComparison.Ordinal) && !text.Contains('…', StringComparison.Ordinal);

    /// <summary>Whether every <c>&lt;</c> is a comparison and none opens a hole.</summary>
    private static bool IsComparison(string text)
    {
        for (var at = text.IndexOf('<', StringComparison.Ordinal); at >= 0; at = text.IndexOf('<', at + 1))
        {
            if (at + 1 < text.Length && (char.IsLetter(text[at + 1]) || text[at + 1] == '_'))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<DocumentQuery> Blocks(LintDocument document)
    {
        foreach (var code in document.Outline.OfType<OutlineNode.Code>().Where(code => code.Language == "promql"))
        {
            var first = -1;
            for (var i = 0; i <= code.Lines.Length; i++)
            {
                var ends = i == code.Lines.Length || code.Lines[i].Trim().Length == 0
                    || code.Lines[i].TrimStart().StartsWith('#');
                if (ends && first >= 0)
                {
                    yield return new DocumentQuery(string.Join('\n', code.Lines[first..i]),
                        document.SpanOf(code.Origins[first].Line));
                    first = -1;
                }
                else if (!ends && first < 0)
                {
                    first = i;
                }
            }
        }
    }

    private static IEnumerable<DocumentQuery> Rules(LintDocument document) =>
        !document.Runbook.Text.Contains("expr:", StringComparison.Ordinal) ? [] :
        from block in document.Data
        from root in block.Documents
        from rule in RuleReader.Rules(root, "")
        where rule.Expression.Length > 0 && !block.Origins.IsEmpty
        let line = block.Origins[Math.Clamp(rule.ExpressionPlace.Line - 1, 0, block.Origins.Length - 1)].Line
        select new DocumentQuery(rule.Expression, document.SpanOf(line));

    /// <summary>
    /// LogQL, a function of Grafana's, a selector by itself, an assignment, a name with a hole in it, pseudo-code, an
    /// answer: not Prometheus' to judge.
    /// </summary>
    [GeneratedRegex(
        @"\|[=~]|\|\s*(json|logfmt|line_format|unwrap)|!=\s*``|^\s*[\w:]+\s*=[^=~]"
        + @"|^\s*\{|^(avg|sum|min|max|count):|\b(label_values|label_names|query_result|metrics)\("
        + @"|\{\w+\}[_\w(]|[_\w]\{\w+\}|\bconcat\(|\}\s+\d+\s*$",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Foreign();

    private static IEnumerable<DocumentQuery> Requests(LintDocument document)
    {
        foreach (var call in document.Calls.Where(call => call.Program == "curl"
            && call.Words.Any(word => word.Text.Contains("/api/v1/query", StringComparison.Ordinal))))
        {
            foreach (var word in call.Words.Where(word => word.Known
                && word.Text.StartsWith("query=", StringComparison.Ordinal)))
            {
                yield return new DocumentQuery(word.Text["query=".Length..], call.PlaceOf(word.Text));
            }
        }
    }
}
