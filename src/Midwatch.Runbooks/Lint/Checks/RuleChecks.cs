using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Lint.Rules;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// What is wrong with the rule files: an alert without runbook (MW6001), a link that leads to none of the documents
/// (MW6003), expressions (MW6006, MW6007, MW6008), unreadable files (MW6009).
/// </summary>
internal static partial class RuleChecks
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
        var documents = input.Runbooks.Select(runbook => Stem(runbook.Path))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        foreach (var rule in rules.Rules)
        {
            foreach (var report in OfRule(rule, bound, documents, input))
            {
                yield return (rule.Path, report);
            }
        }
    }

    private static IEnumerable<Report> OfRule(
        AlertRule rule, FrozenSet<string> bound, FrozenSet<string> documents, LintInput input)
    {
        if (rule.IsAlert && input.Runbooks.Length > 0)
        {
            var linked = rule.RunbookLink is { } url ? Stem(url) : null;
            if (!bound.Contains(rule.Name) && !documents.Contains(Kebab(rule.Name)) && (linked is null || !documents.Contains(linked)))
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

    /// <summary><c>HighErrorRate</c> as files are named: <c>high-error-rate</c>.</summary>
    private static string Kebab(string name) => Hump().Replace(name, "-");

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Hump();

    /// <summary>The last part of a path or address that names a document, without ending and anchor.</summary>
    private static string Stem(string path)
    {
        var bare = path.Split('#', '?')[0].TrimEnd('/');
        var name = bare[(bare.LastIndexOf('/') + 1)..];
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? name[..dot] : name;
    }
}
