using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>The anchors of a document, as GitHub and the common site generators make them.</summary>
internal static partial class DocumentAnchors
{
    /// <summary>All anchors, without <c>#</c>, in lower case and without hyphens at doubtful places.</summary>
    public static FrozenSet<string> Of(LintDocument document)
    {
        var anchors = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var heading in document.Outline.OfType<OutlineNode.Heading>())
        {
            var text = heading.Text;
            foreach (Match own in OwnId().Matches(text))
            {
                anchors.Add(own.Groups["id"].Value);
            }

            var slug = Normal(HeadingText.Slug(Attributes().Replace(OwnId().Replace(text, ""), "")));
            var count = seen[slug] = seen.GetValueOrDefault(slug) + 1;
            // Other generators make a hyphen of each symbol, and of an apostrophe its entity.
            var plain = HeadingText.Plain(text).Replace("'", " 39 ", StringComparison.Ordinal);
            anchors.Add(Hyphens().Replace(Others().Replace(plain, "-"), "-").Trim('-'));
            anchors.Add(count == 1 ? slug : FormattableString.Invariant($"{slug}-{count - 1}"));
        }

        foreach (Match id in HtmlId().Matches(document.Runbook.Text))
        {
            anchors.Add(Normal(id.Groups["id"].Value));
        }

        return anchors.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Generators differ in runs of hyphens and in symbols: what is left is the same everywhere.</summary>
    public static string Normal(string anchor) =>
        Hyphens().Replace(Symbols().Replace(Uri.UnescapeDataString(anchor), ""), "-").Trim('-');

    [GeneratedRegex(
        @"\{#(?<id>[\w.:-]+)[^}]*\}|<a\s+(?:name|id)=""?(?<id>[\w.:-]+)""?[^>]*>(?:</a>)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex OwnId();

    [GeneratedRegex(
        @"<[a-zA-Z]\w*[^>]*\s(?:id|name)\s*=\s*[""']?(?<id>[^""'\s>]+)|\{#(?<id>[\w.:-]+)|^\((?<id>[\w.:-]+)\)=",
        RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex HtmlId();

    // Classes and values behind a heading, which a site generator takes off: "## Storage {.power-number}".
    [GeneratedRegex(@"\s*\{:?\s*([.:][\w-]+|[\w-]+=[^\s}]+)[^}]*\}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Attributes();

    [GeneratedRegex(@"-{2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Hyphens();

    [GeneratedRegex(@"[^\p{L}\p{N}]", RegexOptions.CultureInvariant)]
    private static partial Regex Others();

    [GeneratedRegex(@"[^\p{L}\p{N}_-]", RegexOptions.CultureInvariant)]
    private static partial Regex Symbols();
}
