using System.Text;
using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Wording;

/// <summary>Takes the ornaments off headings and labels.</summary>
internal static partial class HeadingText
{
    /// <summary>Without emphasis, links and code marks.</summary>
    public static string Plain(string text)
    {
        // Most headings have neither; looking for them by their first characters is cheaper than an expression.
        var linked = text.Contains('[', StringComparison.Ordinal) ? Links().Replace(text, "$1") : text;
        return (linked.AsSpan().ContainsAny("*_`") ? Marks().Replace(linked, "") : linked).Trim();
    }

    /// <summary>Without number or "Scenario N:", emphasis and punctuation at the end: the words that name it.</summary>
    public static string Title(string text)
    {
        var plain = Plain(text);
        var worded = plain.Length > 0 && char.IsLetterOrDigit(plain[0]) ? plain : Symbols().Replace(plain, "");
        var bare = Numbers().Replace(worded, "");
        var named = Prefixes().Replace(bare, "");
        var title = named.Trim().TrimEnd(':', '.', '#').Trim();
        return title.Length > 0 ? title : plain;
    }

    /// <summary>
    /// The title in lower case without parentheses and symbols at its beginning: what lexicons look at.
    /// </summary>
    public static string Bare(string text) => OfTitle(Title(text));

    /// <summary>What lexicons look at, of a heading whose <see cref="Title"/> is known.</summary>
    public static string OfTitle(string title)
    {
        var open = title.Contains('(', StringComparison.Ordinal) ? Parentheses().Replace(title, " ").Trim() : title;
        var start = 0;
        while (start < open.Length && !char.IsLetterOrDigit(open[start]))
        {
            start++;
        }

        return string.Create(open.Length - start, (open, start), static (small, from) =>
            from.open.AsSpan(from.start).ToLowerInvariant(small)).Trim().TrimEnd(':', '.', '?', '!');
    }

    /// <summary>An identifier made of a title, as Markdown renderers make anchors.</summary>
    public static string Slug(string title)
    {
        var slug = new StringBuilder();
        foreach (var c in Plain(title))
        {
            if (char.IsLetterOrDigit(c) || c is '_')
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (c is ' ' or '-')
            {
                slug.Append('-');
            }
        }

        return slug.ToString().Trim('-');
    }

    [GeneratedRegex(@"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Marks();

    [GeneratedRegex(@"!?\[([^\]]*)\]\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(
        @"^\s*([0-9]{1,3}([.][0-9]+)+\s+|\(?[0-9]{1,3}([.][0-9]+)*[.):]\s*|[A-H][.)]\s+)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();

    [GeneratedRegex(
        @"^(scenario|case|cause|option|step|phase|issue|problem|situation|failure mode)\s*#?([0-9]+|[A-H])\s*[:.)\u2014\u2013-]\s*",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Prefixes();

    // A picture before the words; no number, letter or bracket.
    [GeneratedRegex(@"^[\p{So}\p{Cs}\p{Mn}\uFE0F\u200D\s]+(?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Symbols();

    [GeneratedRegex(@"\([^)]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Parentheses();
}
