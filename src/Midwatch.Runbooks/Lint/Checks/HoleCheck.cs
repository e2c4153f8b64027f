using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// Holes that nobody explains (MW2060), that bash reads as something else (MW2061), in expected output (MW2062), and
/// blanks in prose that the author never filled (MW3007).
/// </summary>
internal sealed partial class HoleCheck : DocumentCheck
{
    /// <inheritdoc/>
    public override IEnumerable<Report> Of(LintDocument document) => Unexplained(document)
        .Concat(document.Commands.SelectMany(Misread))
        .Concat(Expected(document))
        .Concat(Blanks(document));

    /// <summary>A hole whose place and name say nothing, and whose words stand nowhere else.</summary>
    private static IEnumerable<Report> Unexplained(LintDocument document)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var hole in document.Commands.SelectMany(command => command.Placeholders)
            .Where(hole => hole.Type == "text" && hole.Name.Length > 0))
        {
            if (seen.Add(hole.Name) && Vague().IsMatch(hole.Name) && !IsExplained(document, hole))
            {
                yield return new Report("MW2060", hole.Span,
                    $"What belongs in '{hole.Name}' is said nowhere.",
                    "Say where to read it, or give the command that prints it.");
            }
        }
    }

    private static bool IsExplained(LintDocument document, Placeholder hole)
    {
        var words = Word().Matches(hole.Name).Select(match => match.Value).Where(word => word.Length > 1).ToList();
        return document.Outline.OfType<OutlineNode.Paragraph>().Any(paragraph =>
            words.Count > 0 && words.All(word => paragraph.Text.Contains(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary><c>${top-user}</c> is <c>$top</c>, else the text "user".</summary>
    private static IEnumerable<Report> Misread(StepCommand command)
    {
        if (command.Script is null)
        {
            yield break;
        }

        foreach (var parameter in ShellTree.Descendants(command.Script).OfType<WordPart.Parameter>())
        {
            if (parameter is { Braced: true, Operation: ParameterOperation.Alternative { Operator: '-', Colon: false,
                Word: { } word } }
                && word.StaticText is { } text && HoleTail().IsMatch(text))
            {
                var (line, column) = command.Locate(parameter.Span.Start);
                yield return new Report("MW2061", new DocumentSpan(line, column, line, column + parameter.Span.Length),
                    $"To a shell this is the variable '{parameter.Name}', or the text '{text}' when it is not set.",
                    $"Write '<{parameter.Name}-{text}>', or a variable without hyphens.");
            }
        }
    }

    private static IEnumerable<Report> Expected(LintDocument document) =>
        from command in document.Commands
        from shape in command.Expects.OfType<Expectation.JsonShape>()
        from Match hole in Angle().Matches(shape.Json)
        where !command.Placeholders.Any(each => each.Name == hole.Groups[1].Value)
        select new Report("MW2062", document.SpanOf(shape.Line, hole.Value),
            $"'{hole.Value}' stands in the expected output alone: any value of that kind is taken.",
            "Nothing to do when that is meant.");

    private static IEnumerable<Report> Blanks(LintDocument document)
    {
        // A block of Markdown shows a form; with blocks inside, its end is not where its author thinks.
        if (document.Runbook.Path.Contains("template", StringComparison.OrdinalIgnoreCase)
            || document.Outline.OfType<OutlineNode.Code>().Any(code => code.Language is "markdown" or "md"))
        {
            yield break;
        }

        foreach (var node in document.Outline)
        {
            var lines = node switch
            {
                OutlineNode.Paragraph paragraph => Enumerable.Range(paragraph.Line,
                    paragraph.EndLine - paragraph.Line + 1),
                OutlineNode.Table table => Enumerable.Range(table.Line, table.EndLine - table.Line + 1),
                _ => [],
            };
            foreach (var line in lines)
            {
                foreach (var blank in Blank().Matches(document.Lines[line]).Where(match =>
                    !IsInCode(document.Lines[line], match.Index) && !IsOfAnother(document.Lines[line], match)))
                {
                    yield return new Report("MW3007", new DocumentSpan(line, blank.Index + 1, line,
                        blank.Index + blank.Length + 1),
                        $"'{blank.Value}' was never filled in.", "Write what belongs there.");
                }
            }
        }
    }

    /// <summary>A step of a path through menus, or a word in a sentence to be said.</summary>
    private static bool IsOfAnother(string line, Match blank) =>
        line.AsSpan(0, blank.Index).TrimEnd().EndsWith(">") || line.AsSpan(blank.Index + blank.Length).TrimStart()
            .StartsWith(">") || (line.AsSpan(0, blank.Index).Count('"') % 2 == 1)
        // A line that is nothing else signs a letter; a note with code in it tells of a change.
        || (line.Trim() == blank.Value && Signed().IsMatch(blank.Value))
        || blank.Value.Contains('`', StringComparison.Ordinal)
        // "`API_KEY` = [your key]": what the reader is to set.
        || line.AsSpan(0, blank.Index).TrimEnd().EndsWith("=");

    private static bool IsInCode(string line, int at) => line.AsSpan(0, at).Count('`') % 2 == 1;

    [GeneratedRegex(@"^(value|xx+|foo|bar|baz|something|thing|arg\w*|param\w*|abc|input|string|text|\w)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Vague();

    [GeneratedRegex(@"[A-Za-z]+|\d+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex HoleTail();

    [GeneratedRegex(@"<([a-z][a-z0-9_-]*)>", RegexOptions.CultureInvariant)]
    private static partial Regex Angle();

    [GeneratedRegex(@"^\[your (full )?name\]$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Signed();

    [GeneratedRegex(
        @"(?<![\w\]!])\[(your |insert |backup on-call|team |[A-Z]\w* (team )?contact|on-?call |fill |add |enter |tbd|to be |link to )[^\]\[]*\](?![\[(:])",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Blank();
}
