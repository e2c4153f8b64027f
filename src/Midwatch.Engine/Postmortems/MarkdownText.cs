using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Midwatch.Engine.Postmortems;

/// <summary>Writes Markdown in which what was seen can break nothing: no fence, no table, no heading.</summary>
internal sealed partial class MarkdownText
{
    private const int FenceLeast = 3;

    private readonly StringBuilder _text = new();

    public MarkdownText Heading(int level, string text) =>
        Blank().Line($"{new string('#', level)} {Inline(text)}").Blank();

    public MarkdownText Line(string text)
    {
        _text.Append(text).Append('\n');
        return this;
    }

    public MarkdownText Blank()
    {
        if (_text.Length > 0 && !EndsWithBlank())
        {
            _text.Append('\n');
        }

        return this;
    }

    public MarkdownText Items(IEnumerable<string> items, string bullet = "- ")
    {
        foreach (var item in items)
        {
            Line(bullet + Inline(item));
        }

        return this;
    }

    public MarkdownText Table(string[] heads, IEnumerable<string[]> rows)
    {
        Blank().Line($"| {string.Join(" | ", heads)} |").Line($"|{string.Concat(heads.Select(_ => " --- |"))}");
        foreach (var row in rows)
        {
            Line($"| {string.Join(" | ", row.Select(Cell))} |");
        }

        return Blank();
    }

    /// <summary>A fenced block; the fence is longer than any run of backticks inside it.</summary>
    public MarkdownText Fence(string text, string language)
    {
        var longest = Backticks().Matches(text).Select(match => match.Length).DefaultIfEmpty(0).Max();
        var fence = new string('`', Math.Max(FenceLeast, longest + 1));
        return Blank().Line(fence + language).Line(Printable(text).TrimEnd('\n')).Line(fence).Blank();
    }

    public MarkdownText Quote(string text)
    {
        Blank();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Line($"> {Printable(line)}".TrimEnd());
        }

        return Blank();
    }

    public override string ToString() => _text.ToString().TrimEnd('\n') + "\n";

    /// <summary>One line of text: line ends become spaces, and nothing starts markup.</summary>
    public static string Inline(string text)
    {
        var line = Printable(text.ReplaceLineEndings(" ")).Trim();
        return line.Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("`", "\\`", StringComparison.Ordinal);
    }

    /// <summary>A piece of code within a line.</summary>
    public static string Code(string text)
    {
        var line = Printable(text.ReplaceLineEndings(" "));
        var longest = Backticks().Matches(line).Select(match => match.Length).DefaultIfEmpty(0).Max();
        var tick = new string('`', longest + 1);
        return longest == 0 ? $"`{line}`" : $"{tick} {line} {tick}";
    }

    /// <summary>A command in one line: the first of several, with a sign that more follow.</summary>
    public static string FirstLine(string command)
    {
        var text = command.ReplaceLineEndings("\n").Trim();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return end < 0 ? text : text[..end].TrimEnd('\\', ' ', '\t') + " …";
    }

    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Duration(TimeSpan time) => time.TotalSeconds < 60
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalMinutes} min {time.Seconds} s");

    private static string Cell(string text) =>
        text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);

    // Control characters (colours, bells) of what was printed are shown as their code points, not sent on.
    private static string Printable(string text)
    {
        if (!text.Any(c => char.IsControl(c) && c is not '\n' and not '\t'))
        {
            return text;
        }

        var shown = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c) && c is not '\n' and not '\t')
            {
                shown.Append(c == '\r' ? string.Empty : $"\\x{(int)c:x2}");
            }
            else
            {
                shown.Append(c);
            }
        }

        return shown.ToString();
    }

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();

    private bool EndsWithBlank() => _text.Length > 1 && _text[^1] == '\n' && _text[^2] == '\n';
}
