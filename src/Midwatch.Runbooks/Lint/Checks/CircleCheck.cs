using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>Documents whose steps send the reader on to each other in a circle (MW4007).</summary>
/// <remarks>A mention ("see also") sends nobody anywhere and is not looked at.</remarks>
internal static partial class CircleCheck
{
    // A sentence before a link may stand on the line above.
    private const int LinesBefore = 1;

    /// <summary>The reports by document.</summary>
    public static FrozenDictionary<string, Report> Of(IReadOnlyCollection<Runbook> runbooks)
    {
        if (runbooks.Count < 2)
        {
            return FrozenDictionary<string, Report>.Empty;
        }

        // "./a.md" as the user wrote it and "a.md" as a link leads there are one.
        var known = runbooks.DistinctBy(runbook => LinkCheck.Normal(runbook.Path))
            .ToDictionary(runbook => LinkCheck.Normal(runbook.Path), StringComparer.Ordinal);
        var edges = known.ToDictionary(pair => pair.Key, pair => Leads(pair.Value, known.ContainsKey),
            StringComparer.Ordinal);
        var reports = new Dictionary<string, Report>(StringComparer.Ordinal);
        foreach (var circle in Circles.In(edges.ToDictionary(
            pair => pair.Key, pair => pair.Value.ConvertAll(lead => lead.Target), StringComparer.Ordinal)))
        {
            foreach (var path in circle)
            {
                var (target, span) = edges[path].First(lead => circle.Contains(lead.Target));
                reports[known[path].Path] = new Report("MW4007", span,
                    $"It sends on to '{known[target].Path}', which leads back here: "
                    + FormattableString.Invariant($"{circle.Count} documents send the reader in a circle."),
                    "Say in one of them what to do when none of them helped, such as whom to call.");
            }
        }

        return reports.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The documents that a document sends the reader on to, with the first place of each.</summary>
    private static List<(string Target, DocumentSpan Span)> Leads(Runbook runbook, Func<string, bool> isKnown)
    {
        var links = runbook.Procedures.SelectMany(procedure => procedure.Links)
            .Where(link => link.Kind == LinkKind.Document).ToList();
        if (links.Count == 0)
        {
            return [];
        }

        var lines = new SourceLines(runbook.Text);
        return
        [
            .. links.Select(link => (link.Line, At: Column(lines, link), Link: link))
                .Where(each => each.At > 0)
                .Select(each => (Target: LinkCheck.Resolve(runbook.Path, each.Link.Target, isKnown),
                    Span: new DocumentSpan(each.Line, each.At, each.Line, each.At + each.Link.Target.Length)))
                .Where(each => each.Target is not null && each.Target != LinkCheck.Normal(runbook.Path))
                .Select(each => (each.Target!, each.Span))
                .DistinctBy(each => each.Item1),
        ];
    }

    /// <summary>The column of a link's target when the words before it send the reader there; else 0.</summary>
    private static int Column(SourceLines lines, RunbookLink link)
    {
        var line = link.Line <= lines.Count ? lines[link.Line] : "";
        var at = line.IndexOf($"]({link.Target}", StringComparison.Ordinal);
        if (at < 0)
        {
            return 0;
        }

        var before = lines.Join(Math.Max(1, link.Line - LinesBefore), link.Line);
        before = before[..(before.Length - line.Length + at)].Replace('\n', ' ');
        return Sends().IsMatch(before) ? at + 3 : 0;
    }

    [GeneratedRegex(
        @"\b(follow|go (back |on )?to|continue (with|at|in)|proceed (to|with)|return to|jump to|skip to|switch to|move on to|start (over |again )?with|work through)\b[^.!?]{0,160}$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sends();
}
