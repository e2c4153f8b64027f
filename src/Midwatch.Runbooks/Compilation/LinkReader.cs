using System.Text.RegularExpressions;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Finds links and jumps in prose.</summary>
internal static partial class LinkReader
{
    // How many characters before a link are looked at for its condition.
    private const int LookBack = 600;

    /// <summary>The links of some prose, with the condition that each stands under.</summary>
    public static IEnumerable<RunbookLink> Of(string text, int line, CompilerParts parts)
    {
        var (counted, lines) = (0, 0);
        foreach (Match match in Link().Matches(text))
        {
            var target = match.Groups["target"].Value;
            lines += text.AsSpan(counted, match.Index - counted).Count('\n');
            counted = match.Index;
            var before = Sentences.Of(text[Math.Max(0, match.Index - LookBack)..match.Index]);
            yield return new RunbookLink(
                KindOf(target),
                Sentences.Line(match.Groups["text"].Value),
                target,
                before.IsEmpty ? null : parts.Carried(before, before[^1], line)?.Text,
                line + lines);
        }
    }

    /// <summary>Whether prose is a link and nothing else.</summary>
    public static bool IsOnly(string text) => Alone().IsMatch(text.Replace('\n', ' '));

    private static LinkKind KindOf(string target) => target.StartsWith('#') ? LinkKind.Jump
        : Scheme().IsMatch(target) ? LinkKind.Page
        : LinkKind.Document;

    [GeneratedRegex(
        @"(?<!!)\[(?<text>[^\[\]]{1,300})\]\((\{\{[<%]\s*(rel)?ref\s+""(?<target>[^""\s]{1,500})""[^)]{0,200}\)"
        + @"|(?<target>[^)\s]{1,500})[^)]{0,200}\))",
        RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"^\W{0,4}(\[[^\]]*\]\([^)]*\)|\[[^\]]*\]\[[^\]]*\]|<?https?://\S+)\W{0,4}$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Alone();

    [GeneratedRegex(@"^([a-z][a-z0-9+.-]*:|//)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}
