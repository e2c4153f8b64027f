using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Wording;

/// <summary>Cuts prose into sentences and makes titles of them.</summary>
internal static partial class Sentences
{
    private const int TitleLengthMax = 110;

    /// <summary>The sentences of a paragraph, in plain text on one line each.</summary>
    public static ImmutableArray<string> Of(string text)
    {
        return text.Contains('<', StringComparison.Ordinal)
            ? [.. Breaks().Split(text).SelectMany(part => OfLine(Line(part)))]
            : [.. OfLine(Line(text))];
    }

    private static List<string> OfLine(string plain)
    {
        var found = new List<string>();
        var start = 0;
        foreach (var match in End().EnumerateMatches(plain))
        {
            var sentence = plain[start..(match.Index + 1)].Trim();
            if (Abbreviated().IsMatch(sentence))
            {
                continue;
            }

            found.Add(sentence);
            start = match.Index + match.Length;
        }

        if (plain[start..].Trim() is { Length: > 0 } rest)
        {
            found.Add(rest);
        }

        return found;
    }

    /// <summary>Prose on one line, without emphasis, links, code marks, HTML tags and a box to tick.</summary>
    public static string Line(string text)
    {
        var plain = HeadingText.Plain(text);
        var words = plain.Contains('<', StringComparison.Ordinal) ? Tags().Replace(plain, " ") : plain;
        var line = IsSpacedOut(words) ? Spaces().Replace(words, " ").Trim() : words.Trim();
        return line.StartsWith('[') ? Box().Replace(line, "") : line;
    }

    /// <summary>Whether there is any space but single blanks.</summary>
    private static bool IsSpacedOut(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i]) && (text[i] != ' ' || (i > 0 && text[i - 1] == ' ')))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// A sentence as a title: no number before it, no colon at its end, cut between words where it is long.
    /// </summary>
    public static string Title(string sentence)
    {
        var title = Numbered().Replace(sentence.Trim(), "").TrimEnd(':', '：', '.', '。').Trim();
        if (title.Length <= TitleLengthMax)
        {
            return title;
        }

        var cut = title.LastIndexOf(' ', TitleLengthMax - 1);
        return $"{title[..(cut > TitleLengthMax / 2 ? cut : TitleLengthMax - 1)].TrimEnd(',', ';', ' ')}…";
    }

    [GeneratedRegex(
        @"<br\s*/?>",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"[.!?](?=[\s]+[^\sa-z])\s+|[。！？]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex End();

    [GeneratedRegex(@"\b(e\.g|i\.e|etc|vs|cf|approx|incl|resp|no|fig)\.$|^\d+\.$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Abbreviated();

    // Tags of HTML by name: anything else in angle brackets may be a hole.
    [GeneratedRegex(
        @"</?(span|p|br|sub|sup|b|i|em|strong|a|div|code|details|summary|img|kbd|li|ul|ol|table|tr|td|th|small|hr|h[1-6])(\s[^<>]*)?/?>",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Tags();

    [GeneratedRegex(@"^(step|phase)\s*#?[0-9]+\s*[:.)–—-]\s*(?=\S)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Numbered();

    // The box of a task that is ticked off.
    [GeneratedRegex(@"^\[[ xX]\]\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Box();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
