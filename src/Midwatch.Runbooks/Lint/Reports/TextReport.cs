using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Lint.Reports;

/// <summary>Findings for people: the place, the sentence, the line of the source with a mark below, the
/// remedy.</summary>
/// <param name="columns">The width of the terminal; null for none.</param>
public sealed class TextReport(TextWriter output, bool colour, int? columns = null)
{
    private const int Widest = 150;
    private const int Narrowest = 40;

    // The number of the line, and the signs that say that it is cut.
    private const int Margin = 10;

    // Beyond this a line is cut around its mark, so that the mark stays below it on a terminal.
    private readonly int _excerpt = Math.Clamp(columns - Margin ?? Widest, Narrowest, Widest);

    /// <summary>Writes all findings and the tally.</summary>
    /// <param name="texts">The text of a file by its path; null where it is not at hand.</param>
    public void Write(ImmutableArray<Finding> findings, LintTally tally, Func<string, string?> texts)
    {
        ArgumentNullException.ThrowIfNull(tally);
        ArgumentNullException.ThrowIfNull(texts);
        foreach (var file in findings.GroupBy(finding => finding.Path))
        {
            var lines = texts(file.Key) is { } text ? new SourceLines(text) : null;
            foreach (var finding in file)
            {
                Write(finding, lines);
            }
        }

        output.WriteLine(tally.Words());
    }

    private void Write(Finding finding, SourceLines? lines)
    {
        var diagnostic = finding.Diagnostic;
        var (word, ink) = diagnostic.Severity switch
        {
            Severity.Error => ("error", 31),
            Severity.Warning => ("warning", 33),
            _ => ("note", 36),
        };
        var place = string.Create(CultureInfo.InvariantCulture,
            $"{finding.Path}:{diagnostic.Span.Line}:{diagnostic.Span.Column}");
        output.WriteLine(
            $"{Paint(1, Clean(place))}: {Paint(ink, $"{word} {diagnostic.Code}")}: {Clean(diagnostic.Message)}");
        if (lines is not null && diagnostic.Span.Line >= 1 && diagnostic.Span.Line <= lines.Count)
        {
            Excerpt(lines[diagnostic.Span.Line], diagnostic.Span, ink);
        }

        if (diagnostic.Remedy is { } remedy)
        {
            output.WriteLine($"      {Paint(2, "=")} {Clean(remedy)}");
        }

        output.WriteLine();
    }

    private void Excerpt(string line, DocumentSpan span, int ink)
    {
        var start = Math.Clamp(span.Column - 1, 0, line.Length);
        var end = span.EndLine == span.Line ? Math.Clamp(span.EndColumn - 1, start, line.Length) : line.Length;
        var from = line.Length > _excerpt ? Math.Max(0, Math.Min(start - (_excerpt / 4), line.Length - _excerpt)) : 0;
        var to = Math.Min(line.Length, from + _excerpt);
        var shown = (from > 0 ? "…" : "") + Clean(line[from..to].Replace('\t', ' ')) + (to < line.Length ? "…" : "");
        var before = new string(' ', Width(line[from..start]) + (from > 0 ? 1 : 0));
        var mark = new string('^', Math.Max(1, Width(line[start..Math.Min(end, to)])));
        var number = span.Line.ToString(CultureInfo.InvariantCulture);
        output.WriteLine($"{Paint(2, $"{number,5} |")} {shown}");
        output.WriteLine($"{Paint(2, "      |")} {before}{Paint(ink, mark)}");
    }

    /// <summary>Columns on a terminal: East Asian wide characters take two, marks that combine none.</summary>
    private static int Width(string text) => text.EnumerateRunes().Sum(rune =>
        System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.Control
            ? rune.Value == '\t' ? 1 : 0
            : rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
                or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60)
                or (>= 0x1F300 and <= 0x1FAFF) ? 2 : 1);

    /// <summary>What a document holds must not steer the terminal.</summary>
    private static string Clean(string text) => string.Concat(text.Where(c => !char.IsControl(c)));

    private string Paint(int ink, string text) => colour
        ? string.Create(CultureInfo.InvariantCulture, $"\e[{ink}m{text}\e[0m")
        : text;
}
