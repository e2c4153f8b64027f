using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Lint.Queries;
using Midwatch.Runbooks.Lint.Rules;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// Alert rules and queries that stand in the document: silent when the target vanishes (MW6006), a ratio of single
/// series (MW6007).
/// </summary>
internal sealed class AlertExpressionCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        if (document.Runbook.Text.Contains("alert:", StringComparison.Ordinal))
        {
            foreach (var block in document.Data)
            {
                foreach (var rule in block.Documents.SelectMany(root => RuleReader.Rules(root, "")))
                {
                    var place = Moved(rule.ExpressionPlace, block);
                    foreach (var report in OfRule(rule, place))
                    {
                        yield return report;
                    }
                }
            }
        }

        foreach (var code in document.Outline.OfType<OutlineNode.Code>().Where(code => code.Language is "promql"))
        {
            foreach (var (text, line) in Queries(code))
            {
                if (new PromQlShape(text).BareRatio() is not null)
                {
                    yield return Ratio(document.SpanOf(line));
                }
            }
        }
    }

    /// <summary>What is wrong with one rule's expression.</summary>
    public static IEnumerable<Report> OfRule(AlertRule rule, DocumentSpan place)
    {
        var shape = new PromQlShape(rule.Expression);
        if (rule.IsAlert && shape.SilentWithoutTarget() is not null)
        {
            yield return new Report("MW6006", place,
                $"When the target of '{rule.Name}' is gone, 'up' has no series: nothing is compared, and nobody is told.",
                "Add 'or absent(up{…})'.");
        }

        if (shape.BareRatio() is not null)
        {
            yield return Ratio(place);
        }
    }

    private static Report Ratio(DocumentSpan place) => new("MW6007", place,
        "Each series is divided by the one with the same labels, which is itself: the ratio is 1 or nothing.",
        "Add up both sides first: 'sum(rate(…)) / sum(rate(…))'.");

    private static DocumentSpan Moved(DocumentSpan span, DataBlock block)
    {
        if (block.Origins.IsEmpty)
        {
            return span;
        }

        var origin = block.Origins[Math.Clamp(span.Line - 1, 0, block.Origins.Length - 1)];
        var length = span.EndColumn - span.Column;
        var column = origin.Column + span.Column - 1;
        return new DocumentSpan(origin.Line, column, origin.Line, column + length);
    }

    /// <summary>The queries of a block: comments and blank lines stand between them.</summary>
    private static IEnumerable<(string Text, int Line)> Queries(OutlineNode.Code code)
    {
        var first = -1;
        for (var i = 0; i <= code.Lines.Length; i++)
        {
            var ends = i == code.Lines.Length || code.Lines[i].Trim().Length == 0
                || code.Lines[i].TrimStart().StartsWith('#');
            if (ends && first >= 0)
            {
                yield return (string.Join('\n', code.Lines[first..i]), code.Origins[first].Line);
                first = -1;
            }
            else if (!ends && first < 0)
            {
                first = i;
            }
        }
    }
}
