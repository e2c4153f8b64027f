using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Marks of unfinished work (MW3005), and headings with nothing beneath them (MW3006).</summary>
internal sealed partial class UnfinishedCheck : DocumentCheck
{
    private readonly ImmutableArray<string> _words;
    private readonly Lazy<Regex> _mark;

    /// <summary>Reads the words; data: <c>unfinished-marks.txt</c>.</summary>
    public UnfinishedCheck()
    {
        _words = [.. LintData.Rows("unfinished-marks.txt").Select(row => row[0])];
        var any = string.Join('|', _words);
        // A mark with a person or a colon behind it, at the beginning of its line, or alone in a cell or value; a word
        // of a sentence, a number of a list and a name in a path are none.
        _mark = new Lazy<Regex>(() => new Regex(
            $@"(?<![\w`""~/#])({any})(?=\([\w @.-]+\)|\s*:(?!\s*\d)|\s*$)"
            + $@"|(?<=^[\s*_>-]*)({any})(?=[ .*_]|$)(?!\s*#?\d|\s+[A-Z]{{2,}})|(?<=\|\s*)({any})(?=\s*\|)"
            + $@"|(?<=:\s*\**\s*)({any})$",
            RegexOptions.CultureInvariant));
    }

    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) => Marks(document).Concat(Empty(document));

    private IEnumerable<Report> Marks(LintDocument document)
    {
        if (!_words.Any(word => document.Runbook.Text.Contains(word, StringComparison.Ordinal)))
        {
            yield break;
        }

        foreach (var node in document.Outline.Where(node =>
            node is not OutlineNode.Other { Kind: NodeKind.FrontMatter }))
        {
            for (var line = node.Line; line <= Math.Min(node.EndLine, document.Lines.Count); line++)
            {
                var text = document.Lines[line];
                if (node is not OutlineNode.Code && !text.Contains("~~", StringComparison.Ordinal)
                    && (node is not OutlineNode.Heading heading || _words.Contains(heading.Text))
                    && _mark.Value.Match(text) is { Success: true } mark)
                {
                    yield return new Report("MW3005",
                        new DocumentSpan(line, mark.Index + 1, line, mark.Index + mark.Length + 1),
                        $"'{mark.Value}' says that something is missing here.", "Write it, or take the mark out.");
                }
            }
        }
    }

    private static IEnumerable<Report> Empty(LintDocument document)
    {
        if (document.Naming.IsTemplate)
        {
            yield break;
        }

        for (var i = 0; i < document.Outline.Length; i++)
        {
            if (document.Outline[i] is not OutlineNode.Heading heading
                || !Section().IsMatch(HeadingText.Bare(heading.Text)) || SaysItself().IsMatch(heading.Text)
                || IsEmptyItem(document, heading))
            {
                continue;
            }

            var next = document.Outline.Skip(i + 1).FirstOrDefault(node =>
                node is not OutlineNode.Other { Kind: NodeKind.Break });
            if (next is null || (next is OutlineNode.Heading after && after.Level <= heading.Level
                && heading.Level > 1))
            {
                yield return new Report("MW3006", document.SpanOf(heading.Line),
                    "Nothing stands under this heading.", "Write it, or take the heading out.");
            }
        }
    }

    /// <summary>To Markdown an empty item below a line makes it a heading; to its author it is a list.</summary>
    private static bool IsEmptyItem(LintDocument document, OutlineNode.Heading heading) =>
        heading.Line < document.Lines.Count && document.Lines[heading.Line + 1].Trim() == "-";

    /// <summary>A heading that promises a content. Others are sentences, list items and titles as often as
    /// not.</summary>
    [GeneratedRegex(
        @"^(diagnos\w*|mitigat\w*|resol\w*|verif\w*|validat\w*|escalat\w*|impact|meaning|symptoms?|cause|causes|common causes|root causes?|steps|procedure|prevent\w*|rollback|recover\w*|remediat\w*|troubleshoot\w*|investigat\w*|logging|monitoring|performance|availability|durability|security|architecture|overview|summary|background|description|prerequisites|pre-requisites|references|related \w+|contacts?|faq|next steps|actions|immediate actions|post-?incident.*|alerts?|dashboards?|possible \w+( \w+)?)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Section();

    /// <summary>A heading that is a label with its value, a link, code, or a template's.</summary>
    [GeneratedRegex(@":\s*\S|\]\(|`|\{\{|<%|\.\.\.$|\?$", RegexOptions.CultureInvariant)]
    private static partial Regex SaysItself();
}
