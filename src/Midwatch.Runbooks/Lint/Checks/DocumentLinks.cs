using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>The Markdown links of a document's prose.</summary>
internal static partial class DocumentLinks
{
    /// <summary>All inline links, and the targets of reference definitions.</summary>
    public static IEnumerable<(string Target, DocumentSpan Span)> Of(LintDocument document)
    {
        foreach (var node in document.Outline)
        {
            if (node is OutlineNode.Code or OutlineNode.Other)
            {
                continue;
            }

            for (var line = node.Line; line <= Math.Min(node.EndLine, document.Lines.Count); line++)
            {
                var text = document.Lines[line];
                foreach (Match match in Link().Matches(text))
                {
                    var target = match.Groups["target"];
                    if (text.AsSpan(0, match.Index).Count('`') % 2 == 0)
                    {
                        yield return (target.Value,
                            new DocumentSpan(line, target.Index + 1, line, target.Index + target.Length + 1));
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"(?<!\\)\]\(\s*<?(?<target>[^)\s<>]+)>?(\s+[""'(][^)]*)?\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Link();
}
