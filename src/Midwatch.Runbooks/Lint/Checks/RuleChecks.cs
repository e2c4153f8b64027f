using System.Collections.Frozen;
using Midwatch.Runbooks.Lint.Rules;
using Midwatch.Runbooks.Outlines;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// What is wrong with the rule files: an alert without runbook (MW6001), a link that leads to none of the documents
/// (MW6003), expressions (MW6006, MW6007, MW6008), unreadable files (MW6009).
/// </summary>
internal static class RuleChecks
{
    /// <summary>The reports, each with its file.</summary>
    public static IEnumerable<(string Path, Report Report)> Of(LintInput input)
    {
        if (input.Rules is not { } rules)
        {
            yield break;
        }

        foreach (var unread in rules.Unread)
        {
            yield return (unread.Path, new Report(unread.Diagnostic.Code, unread.Diagnostic.Span,
                unread.Diagnostic.Message, unread.Diagnostic.Remedy ?? ""));
        }

        var bound = input.Runbooks.SelectMany(runbook => runbook.Procedures)
            .SelectMany(procedure => procedure.Alerts.Select(alert => alert.Name)).ToFrozenSet(StringComparer.Ordinal);
        var named = input.Runbooks.SelectMany(Names).Select(Letters).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        var documents = input.Runbooks.Select(runbook => Stem(runbook.Path))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules.Rules)
        {
            var isBound = bound.Contains(rule.Name) || named.Contains(rule.Name);
            foreach (var report in OfRule(rule, isBound, documents, input))
            {
                yield return (rule.Path, report);
            }
        }
    }

    private static IEnumerable<Report> OfRule(
        AlertRule rule, bool isBound, FrozenSet<string> documents, LintInput input)
    {
        if (rule.IsAlert && input.Runbooks.Length > 0)
        {
            var linked = rule.RunbookLink is { } url ? Stem(url) : null;
            if (!isBound && (linked is null || !documents.Contains(linked)))
            {
                yield return new Report("MW6001", rule.NamePlace, $"No runbook is for the alert '{rule.Name}'.",
                    "Write one, or name the alert in the one that is meant ('**Alert**: `NAME`').");
            }
            else if (linked is not null && !documents.Contains(linked)
                && !rule.RunbookLink!.Contains("{{", StringComparison.Ordinal))
            {
                yield return new Report("MW6003", rule.NamePlace,
                    $"The link of '{rule.Name}' leads to '{linked}', which is none of the documents.",
                    "Correct 'runbook_url'.");
            }
        }

        foreach (var report in AlertExpressionCheck.OfRule(rule, rule.ExpressionPlace))
        {
            yield return report;
        }

        if (input.QueryProblem?.Invoke(rule.Expression) is { } problem)
        {
            yield return new Report("MW6008", rule.ExpressionPlace, $"Prometheus rejects the query: {problem}",
                "Correct it.");
        }
    }

    /// <summary>A document may be called like the alert that it is for, or have a section that is.</summary>
    private static IEnumerable<string> Names(Runbook runbook)
    {
        var lines = new SourceLines(runbook.Text);
        return runbook.Nodes.Where(node => node.Kind == NodeKind.Heading)
            .Select(node => lines[node.Line].TrimStart('#')).Append(runbook.Title).Append(Stem(runbook.Path));
    }

    /// <summary><c>high-error-rate</c> and <c>High Error Rate</c> are <c>HighErrorRate</c>.</summary>
    private static string Letters(string name) => string.Concat(
        (name.TrimStart() is var bare && bare.StartsWith("runbook", StringComparison.OrdinalIgnoreCase)
            ? bare["runbook".Length..] : bare).Where(char.IsLetterOrDigit));

    /// <summary>The last part of a path or address that names a document, without ending and anchor.</summary>
    private static string Stem(string path)
    {
        var bare = path.Split('#', '?')[0].TrimEnd('/');
        var name = bare[(bare.LastIndexOf('/') + 1)..];
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? name[..dot] : name;
    }
}
