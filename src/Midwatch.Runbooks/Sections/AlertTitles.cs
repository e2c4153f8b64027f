using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Sections;

/// <summary>
/// Recognises titles of alerts that are no headings: a name alone on its line, bold or plain, above "Severity: …".
/// </summary>
internal static partial class AlertTitles
{
    /// <summary>The name that a paragraph is, or begins with; null for any other.</summary>
    /// <param name="next">What stands behind the paragraph; null for nothing.</param>
    public static string? Of(OutlineNode.Paragraph paragraph, OutlineNode? next)
    {
        var (first, rest) = Parted(paragraph.Text);
        if (Alone().Match(first) is not { Success: true } match
            || AlertNames.OfAnswer(match.Groups["name"].Value) is not { } name || !AlertNames.TellsOfFailure(name))
        {
            return null;
        }

        var below = rest.Length > 0 ? rest : (next as OutlineNode.Paragraph)?.Text;
        return below is not null && Told().IsMatch(below) ? name : null;
    }

    /// <summary>The lines below the name, where they stand in one paragraph with it.</summary>
    public static OutlineNode.Paragraph Below(OutlineNode.Paragraph paragraph) =>
        paragraph with { Text = Parted(paragraph.Text).Others, Line = paragraph.Line + 1 };

    private static (string First, string Others) Parted(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? (text.Trim(), "") : (text[..end].Trim().TrimEnd('\\'), text[(end + 1)..]);
    }

    [GeneratedRegex(@"^(\*\*|__)?`?(?<name>[A-Za-z]\w+)`?\s*:?(\*\*|__)?\s*:?$", RegexOptions.CultureInvariant)]
    private static partial Regex Alone();

    // The fields that an alert's rule has.
    [GeneratedRegex(
        @"^\W*(severity|priority|level|alert( name)?s?|expr(ession)?|query|for|duration|threshold|trigger(s|ed by)?|condition|summary|description|meaning|impact|runbook)\s*(\*\*|__)?\s*[:：=]",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Told();
}
