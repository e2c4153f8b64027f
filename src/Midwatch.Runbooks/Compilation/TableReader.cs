using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Sections;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>An alert that a table lists.</summary>
/// <param name="Anchor">The heading that its row links to; null for none.</param>
internal sealed record ListedAlert(string Name, string? Severity, string? Threshold, string? Anchor, int Line,
    string? Action = null);

/// <summary>Reads tables whose header says that they hold rules or alerts; any other table is only a table.</summary>
internal static partial class TableReader
{
    /// <summary>The rules of a table.</summary>
    public static IEnumerable<Rule> Rules(OutlineNode.Table table)
    {
        var (observed, cause) = (Column(table, Observed()), Column(table, Caused()));
        if (observed < 0)
        {
            // "| Cause | Fix |": what is behind it, and what to do then.
            (observed, cause) = (Column(table, Cause()), Column(table, Remedy()));
        }

        if (observed < 0 || cause < 0 || observed == cause)
        {
            yield break;
        }

        foreach (var row in table.Rows.Skip(1).Where(row => row.Cells.Length > Math.Max(observed, cause)))
        {
            yield return new Rule(HeadingText.Plain(row.Cells[observed]),
                HeadingText.Plain(row.Cells[cause]), null, row.Line);
        }
    }

    /// <summary>The alerts that a table lists.</summary>
    public static ImmutableArray<ListedAlert> Alerts(OutlineNode.Table table)
    {
        // "| Alert | X |": the row of a table of facts about the document; as its header it needs a sure name.
        if (table.Rows.Select((row, index) => (row, index)).FirstOrDefault(each =>
                each.row.Cells is [var label, var told] && Named().IsMatch(HeadingText.Plain(label))
                && (each.index > 0 || AlertNames.AreSure(told))) is ({ } fact, _)
            && AlertNames.In(fact.Cells[1]).FirstOrDefault() is { } only)
        {
            return [new ListedAlert(only, null, null, null, fact.Line)];
        }

        var name = Column(table, Named());
        if (name != 0 || table.Rows[0].Cells.Length < 2)
        {
            return [];
        }

        var (severity, threshold) = (Column(table, Severe()), Column(table, Bounded()));
        var action = Column(table, Asked());
        return
        [
            .. table.Rows.Skip(1).Where(row => row.Cells.Length > 0 && row.Cells[0].Length > 0)
                .Select(row => new ListedAlert(
                HeadingText.Plain(row.Cells[0]),
                Cell(row, severity),
                Cell(row, threshold),
                row.Cells.Select(cell => Anchor().Match(cell)).FirstOrDefault(match => match.Success)?.Groups[1].Value,
                row.Line,
                Cell(row, action))),
        ];
    }

    private static string? Cell(TableLine row, int column) =>
        column >= 0 && column < row.Cells.Length ? HeadingText.Plain(row.Cells[column]) : null;

    private static int Column(OutlineNode.Table table, Regex name)
    {
        var header = table.Rows.IsEmpty ? [] : table.Rows[0].Cells;
        for (var i = 0; i < header.Length; i++)
        {
            if (name.IsMatch(HeadingText.Plain(header[i])))
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex(
        @"^(symptoms?|errors?( message)?|observations?|conditions?|if|when|exit code|status|state|signs?|signal|indicators?|what you see|problem|issue|failure)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Observed();

    [GeneratedRegex(
        @"^((likely |possible |probable |root )?causes?|reasons?|meaning|diagnosis|fix(es)?|solutions?|resolution|remed(y|iation)|actions?|what to do|then|mitigation)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Caused();

    [GeneratedRegex(@"^((likely |possible |probable |root )?causes?|reasons?)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Cause();

    [GeneratedRegex(@"^(fix(es)?|solutions?|resolution|remed(y|iation)|actions?|what to do|mitigation|response)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Remedy();

    [GeneratedRegex(@"^alerts?( name)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();

    [GeneratedRegex(@"^(severity|priority|level)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Severe();

    [GeneratedRegex(@"^(threshold|condition|trigger|expression)s?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Bounded();

    [GeneratedRegex(@"^(actions?|response|what to do|description|summary|meaning)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Asked();

    [GeneratedRegex(@"\]\(#([^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Anchor();
}
