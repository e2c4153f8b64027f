using System.Collections.Immutable;

namespace Midwatch.Incidents.Procedures;

/// <summary>Reads the lines below a heading, up to the next heading outside a fence.</summary>
internal static class SectionText
{
    private static readonly string[] LineEnds = ["\r\n", "\n", "\r"];

    public static string Below(string text, int headingLine) =>
        string.Join('\n', Lines(text, headingLine).Select(line => line.Text)).Trim();

    public static ImmutableArray<(string Text, int Line)> Items(string text, int headingLine)
    {
        var items = ImmutableArray.CreateBuilder<(string, int)>();
        foreach (var (line, number) in Lines(text, headingLine))
        {
            if (ItemText(line.Trim()) is { } item)
            {
                items.Add((item, number));
            }
        }

        return items.ToImmutable();
    }

    private static IEnumerable<(string Text, int Line)> Lines(string text, int headingLine)
    {
        var lines = text.Split(LineEnds, StringSplitOptions.None);
        var fenced = false;
        for (var i = headingLine; i < lines.Length; i++)
        {
            var start = lines[i].TrimStart();
            if (start.StartsWith("```", StringComparison.Ordinal) || start.StartsWith("~~~", StringComparison.Ordinal))
            {
                fenced = !fenced;
            }
            else if (!fenced && lines[i].StartsWith('#'))
            {
                yield break;
            }

            yield return (lines[i], i + 1);
        }
    }

    private static string? ItemText(string line)
    {
        if (line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("* ", StringComparison.Ordinal))
        {
            return line[2..].Replace("[ ] ", string.Empty, StringComparison.Ordinal).Trim();
        }

        var digits = line.TakeWhile(char.IsAsciiDigit).Count();
        return digits > 0 && digits + 1 < line.Length && line[digits] is '.' or ')' && line[digits + 1] == ' '
            ? line[(digits + 2)..].Trim()
            : null;
    }
}
