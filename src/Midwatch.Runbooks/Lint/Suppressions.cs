using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint;

/// <summary>
/// Comments that silence codes: <c>midwatch-disable-next-line</c>, <c>midwatch-disable</c> … <c>midwatch-enable</c>,
/// <c>midwatch-disable-file</c>, each in an HTML comment or behind <c>#</c> in a block, with codes and a reason.
/// </summary>
internal sealed partial class Suppressions
{
    private readonly ImmutableArray<Suppression> _all;

    private Suppressions(ImmutableArray<Suppression> all) => _all = all;

    /// <summary>The comments of a document.</summary>
    public static Suppressions Of(LintDocument document)
    {
        if (!document.Runbook.Text.Contains("midwatch-", StringComparison.Ordinal))
        {
            return new Suppressions([]);
        }

        var all = ImmutableArray.CreateBuilder<Suppression>();
        for (var line = 1; line <= document.Lines.Count; line++)
        {
            if (Comment().Match(document.Lines[line]) is { Success: true } match)
            {
                all.Add(Read(match, line, document));
            }
        }

        return new Suppressions(all.ToImmutable());
    }

    /// <summary>Whether a diagnostic is silenced.</summary>
    public bool Cover(RunbookDiagnostic diagnostic) => _all.Any(each =>
        each.First <= diagnostic.Span.Line && diagnostic.Span.Line <= each.Last
        && (each.Codes.IsEmpty || each.Codes.Contains(diagnostic.Code, StringComparer.OrdinalIgnoreCase)));

    /// <summary>Comments that name codes that do not exist: they silence nothing.</summary>
    public IEnumerable<Report> Reports(CodeCatalogue catalogue) =>
        from each in _all
        from code in each.Codes
        where catalogue.Find(code) is null
        select new Report("MW1021", each.Span, $"The comment names '{code}', which is no code.",
            "'midwatch lint --codes' lists the codes.");

    /// <summary>Comments that silence nothing any more: what they were for has been mended, or moved.</summary>
    /// <param name="raised">What was raised, silenced or not.</param>
    /// <param name="isLookedFor">Whether a code could have been raised.</param>
    public IEnumerable<Report> Unused(
        ImmutableArray<Finding> raised, Func<LintCode, bool> isLookedFor, CodeCatalogue catalogue) =>
        from each in _all
        where each.Last > 0
        let codes = raised.Select(finding => finding.Diagnostic)
            .Where(diagnostic => each.First <= diagnostic.Span.Line && diagnostic.Span.Line <= each.Last)
            .Select(diagnostic => diagnostic.Code).ToHashSet(StringComparer.OrdinalIgnoreCase)
        let idle = each.Codes.Where(code => !codes.Contains(code) && catalogue.Find(code) is { } known
            && isLookedFor(known)).ToList()
        where each.Codes.IsEmpty ? codes.Count == 0 : idle.Count > 0
        let what = each.Codes.IsEmpty ? "Nothing is"
            : $"{string.Join(", ", idle)} {(idle.Count == 1 ? "is" : "are")} not"
        select new Report("MW1022", each.Span, $"{what} raised here: the comment silences nothing.", "Take it out.");

    private static Suppression Read(Match match, int line, LintDocument document)
    {
        var codes = Code().Matches(match.Groups["codes"].Value).Select(code => code.Value).ToImmutableArray();
        var (first, last) = match.Groups["form"].Value switch
        {
            "disable-next-line" => NextLine(document, line),
            "disable-line" => (line, line),
            "disable-file" => (1, int.MaxValue),
            "enable" => (0, 0),
            _ => (line, EndOf(document, line)),
        };
        return new Suppression(first, last, codes,
            new DocumentSpan(line, match.Index + 1, line, match.Index + match.Length + 1));
    }

    /// <summary>
    /// The next line with text. Where that opens a fence, the whole block: no comment can stand between a fence and
    /// its first line.
    /// </summary>
    private static (int First, int Last) NextLine(LintDocument document, int line)
    {
        var next = line + 1;
        while (next < document.Lines.Count && document.Lines[next].Trim().Length == 0)
        {
            next++;
        }

        var node = document.Runbook.Nodes.FirstOrDefault(each => each.Line == next && each.Kind == NodeKind.Code);
        var command = document.Commands.FirstOrDefault(each => each.Span.Line == next);
        return (next, node?.EndLine ?? command?.Span.EndLine ?? next);
    }

    private static int EndOf(LintDocument document, int line)
    {
        for (var next = line + 1; next <= document.Lines.Count; next++)
        {
            if (document.Lines[next].Contains("midwatch-enable", StringComparison.Ordinal))
            {
                return next;
            }
        }

        return int.MaxValue;
    }

    [GeneratedRegex(
        @"(?:<!--|\#|//)\s*midwatch-(?<form>disable-next-line|disable-line|disable-file|disable|enable)\b(?<codes>[\w ,-]*)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bMW\d+\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Code();

    /// <summary>One comment: the lines and codes that it silences; all codes when it names none.</summary>
    private sealed record Suppression(int First, int Last, ImmutableArray<string> Codes, DocumentSpan Span);
}
