using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Sections;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Reads the measures of a section about prevention.</summary>
internal static partial class PreventionReader
{
    /// <summary>
    /// The measures that stand directly below a heading: one for each item, or one for the heading with its YAML.
    /// </summary>
    /// <param name="isTop">The heading is the one that says "Prevention": it names no measure itself.</param>
    public static IEnumerable<Prevention> Read(DocumentSection section, bool isTop)
    {
        var prose = string.Join(
            '\n', section.Content.OfType<OutlineNode.Paragraph>().Where(each => each.Item is null)
                .Select(each => HeadingText.Plain(each.Text)));
        var items =
            section.Content.OfType<OutlineNode.Paragraph>()
                .Where(each => each is { Item: not null, OpensItem: true }).ToList();
        foreach (var item in items)
        {
            var text = HeadingText.Plain(item.Text);
            yield return new Prevention(isTop ? text : $"{section.Title}: {text}", prose, null, item.Line);
        }

        foreach (var code in section.Content.OfType<OutlineNode.Code>())
        {
            foreach (var part in Parts(code))
            {
                yield return new Prevention(part.Title ?? section.Title, prose, part.Yaml, part.Line);
            }
        }

        if (!isTop && items.Count == 0 && prose.Length > 0 && !section.Content.OfType<OutlineNode.Code>().Any())
        {
            yield return new Prevention(section.Title, prose, null, section.Line);
        }
    }

    /// <summary>A block with several objects, each below a comment, holds several measures.</summary>
    private static IEnumerable<(string? Title, string Yaml, int Line)> Parts(OutlineNode.Code code)
    {
        var starts = Enumerable.Range(0, code.Lines.Length)
            .Where(i => code.Lines[i].StartsWith("# ", StringComparison.Ordinal)
                && i + 1 < code.Lines.Length && Object().IsMatch(code.Lines[i + 1]))
            .ToList();
        if (starts.Count < 2)
        {
            yield return (null, string.Join('\n', code.Lines), code.Line);
            yield break;
        }

        for (var i = 0; i < starts.Count; i++)
        {
            var end = i + 1 < starts.Count ? starts[i + 1] : code.Lines.Length;
            yield return (
                code.Lines[starts[i]].TrimStart('#', ' '),
                string.Join('\n', code.Lines[(i == 0 ? 0 : starts[i])..end]).TrimEnd(),
                code.Origins[starts[i]].Line);
        }
    }

    [GeneratedRegex(@"^(apiVersion|kind)\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex Object();
}
