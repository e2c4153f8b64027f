using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>One alert with two thresholds in one document (MW4003).</summary>
internal sealed partial class ThresholdCheck : DocumentCheck
{
    private static readonly WordSign Column = new("alert-column");

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document)
    {
        var stated = InHeadings(document).Where(each => each.Name.Length > 0).GroupBy(each => each.Heading)
            .Where(group => group.Count() == 1).Select(group => group.First())
            .ToLookup(each => (each.Name, each.Bound.Unit));
        foreach (var other in InTables(document))
        {
            if (stated[(other.Name, other.Bound.Unit)].FirstOrDefault() is { } first
                && !Same(other.Bound.Value, first.Bound.Value))
            {
                yield return new Report("MW4003", document.SpanOf(other.Line),
                    FormattableString.Invariant(
                        $"Here '{other.Shown}' starts at {other.Bound.Value}{other.Bound.Unit}, in line {first.Line} at {first.Bound.Value}{first.Bound.Unit}."),
                    "Keep the one that the alert rule has.");
            }
        }
    }

    /// <summary>Two numbers that mean the same.</summary>
    internal static bool Same(double one, double other) => Math.Abs(one - other) <= 1e-9 * Math.Max(1, Math.Abs(one));

    /// <summary>A section named after an alert, with a sentence that says when it fires.</summary>
    private static IEnumerable<Statement> InHeadings(LintDocument document)
    {
        OutlineNode.Heading? heading = null;
        foreach (var node in document.Outline)
        {
            heading = node as OutlineNode.Heading ?? heading;
            if (heading is null || node is not OutlineNode.Paragraph paragraph)
            {
                continue;
            }

            for (var line = paragraph.Line; line <= Math.Min(paragraph.EndLine, document.Lines.Count); line++)
            {
                var text = document.Lines[line];
                if (Fires().IsMatch(text) && !Levels().IsMatch(text) && ThresholdStatement.Of(text) is { } bound)
                {
                    yield return new Statement(Normal(heading.Text), HeadingText.Plain(heading.Text), bound, line,
                        heading.Line);
                }
            }
        }
    }

    /// <summary>A table of alerts with a column for the threshold.</summary>
    private static IEnumerable<Statement> InTables(LintDocument document)
    {
        foreach (var table in document.Outline.OfType<OutlineNode.Table>().Where(table => table.Rows.Length > 1))
        {
            var header = table.Rows[0].Cells;
            var name = header.ToList().FindIndex(cell => Name().IsMatch(cell));
            var column = header.ToList().FindIndex(cell => Column.IsIn(cell));
            if (name < 0 || column < 0 || header.Any(cell => Levels().IsMatch(cell)))
            {
                continue;
            }

            foreach (var row in table.Rows.Skip(1).Where(row => row.Cells.Length > Math.Max(name, column)))
            {
                if (ThresholdStatement.Of(row.Cells[column]) is { } bound)
                {
                    yield return new Statement(Normal(row.Cells[name]), HeadingText.Plain(row.Cells[name]), bound,
                        row.Line, 0);
                }
            }
        }
    }

    private static string Normal(string name) =>
        Words().Replace(new string([.. HeadingText.Bare(name).Where(c => char.IsLetterOrDigit(c)
            || c == ' ')]), " ").Trim();

    [GeneratedRegex(
        @"\b(alert|fires?|trigger\w*|threshold)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Fires();

    [GeneratedRegex(
        @"\b(warning|critical|info|P[0-5]|SEV-?\d|minor|major)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Levels();

    [GeneratedRegex(@"^\W*alert", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Name();

    [GeneratedRegex(@"\b(alerts?|the|usage)\b|\s{2,}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Words();

    private sealed record Statement(string Name, string Shown, ThresholdStatement Bound, int Line, int Heading);
}
