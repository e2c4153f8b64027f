using Midwatch.Runbooks.Lint.Rules;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>
/// What a document says of an alert against its rule: the name (MW6002), the threshold (MW4004), the severity
/// (MW4005), the duration (MW4006).
/// </summary>
internal static class RuleAgreement
{
    /// <summary>Where document and rules disagree.</summary>
    public static IEnumerable<Report> Of(LintDocument document, RuleSet rules)
    {
        var alerts = rules.Rules.Where(rule => rule.IsAlert).ToLookup(rule => rule.Name, StringComparer.Ordinal);
        foreach (var procedure in document.Runbook.Procedures)
        {
            foreach (var alert in procedure.Alerts)
            {
                if (!alerts.Contains(alert.Name) && !document.States(procedure, alert))
                {
                    continue;
                }

                if (!alerts.Contains(alert.Name))
                {
                    var near = Nearest.To(alert.Name, alerts.Select(group => group.Key), 3);
                    yield return new Report("MW6002", document.SpanOf(alert.Line, alert.Name),
                        $"No rule raises the alert '{alert.Name}'.",
                        near is null ? "Correct the name, or add the rule." : $"Did you mean '{near}'?");
                    continue;
                }

                foreach (var report in procedure.Alerts.Length == 1
                    ? OfAlert(document, procedure, [.. alerts[alert.Name]]) : [])
                {
                    yield return report;
                }
            }
        }
    }

    private static IEnumerable<Report> OfAlert(LintDocument document, Procedure procedure, AlertRule[] rules)
    {
        var name = rules[0].Name;
        var severities = rules.Select(rule => rule.Severity).OfType<string>().ToList();
        if (procedure.Severity is { } severity && severities.Count == rules.Length
            && severities.TrueForAll(each => IsLevel(each) && IsLevel(severity)
                && !string.Equals(each, severity, StringComparison.OrdinalIgnoreCase)))
        {
            yield return new Report("MW4005", Line(document, procedure, "severity"),
                $"The document calls '{name}' {severity}, its rule {severities[0]}.", "Make them agree.");
        }

        if (procedure.Threshold is not { } stated)
        {
            yield break;
        }

        var place = Line(document, procedure, "threshold");
        if (ThresholdStatement.Of(stated) is { } bound
            && rules.Select(rule => new Queries.PromQlShape(rule.Expression).Threshold()).OfType<(string,
                double Limit)>()
                .ToList() is { Count: > 0 } limits && limits.Count == rules.Length
            && limits.TrueForAll(limit => !Fits(bound, limit.Limit)))
        {
            yield return new Report("MW4004", place,
                FormattableString.Invariant(
                    $"The document says {bound.Value}{bound.Unit} for '{name}', its rule {limits[0].Limit}."),
                "Make them agree.");
        }

        if (ThresholdStatement.DurationOf(stated) is { } seconds
            && rules.Select(rule => ThresholdStatement.PrometheusSeconds(rule.For
                ?? "0s")).OfType<double>().ToList() is { Count: > 0 } waits
            && waits.TrueForAll(wait => !ThresholdCheck.Same(wait, seconds)))
        {
            yield return new Report("MW4006", place,
                FormattableString.Invariant(
                    $"The document says that '{name}' fires after {seconds} s, its rule says {waits[0]} s."),
                "Make them agree.");
        }
    }

    private static bool IsLevel(string severity) =>
        severity.ToUpperInvariant() is "CRITICAL" or "WARNING" or "INFO" or "PAGE" or "TICKET" or "HIGH" or "LOW"
            or "MEDIUM";

    /// <summary>Five percent is 0.05 to a ratio and 5 to a percentage.</summary>
    private static bool Fits(ThresholdStatement bound, double limit) => ThresholdCheck.Same(bound.Value, limit)
        || (bound.Unit == "%" && (ThresholdCheck.Same(bound.Value / 100, limit)
            || ThresholdCheck.Same(1 - (bound.Value / 100), limit)))
        || (bound.Unit.Length == 0 && (ThresholdCheck.Same(bound.Value, limit * 100)
            || ThresholdCheck.Same(bound.Value * 1000, limit)))
        || (bound.Unit == "s" && ThresholdCheck.Same(bound.Value * 1000, limit));

    private static Diagnostics.DocumentSpan Line(LintDocument document, Procedure procedure, string word)
    {
        for (var line = procedure.Line; line < Math.Min(procedure.Line + 30, document.Lines.Count + 1); line++)
        {
            if (document.Lines[line].Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return document.SpanOf(line);
            }
        }

        return document.SpanOf(procedure.Line);
    }
}
