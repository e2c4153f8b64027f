using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Outlines;

/// <summary>Reads single values out of a document's front matter, which need not be sound YAML.</summary>
internal static partial class FrontMatter
{
    /// <summary>The title; null where there is none.</summary>
    public static string? Title(ImmutableArray<OutlineNode> outline) => Value(outline, TitleKey());

    /// <summary>The alert that the document answers; null where none is named.</summary>
    public static string? Alert(ImmutableArray<OutlineNode> outline) => Value(outline, AlertKey());

    private static string? Value(ImmutableArray<OutlineNode> outline, Regex key) =>
        outline.FirstOrDefault() is OutlineNode.Other { Kind: NodeKind.FrontMatter } front
        && key.Match(front.Text) is { Success: true } match
            ? match.Groups["value"].Value.Trim().Trim('"', '\'').Trim()
            : null;

    [GeneratedRegex(@"^title:(?<value>[^\n]*\S[^\n]*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex TitleKey();

    [GeneratedRegex(@"^alert(?:name|_name)?:\s*[""']?(?<value>\w+)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex AlertKey();
}
