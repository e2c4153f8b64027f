using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;

namespace Midwatch.Runbooks.Lint.Rules;

/// <summary>One rule of a rule file: an alert, or a recording.</summary>
/// <param name="Path">The file it stands in, as the user named it.</param>
/// <param name="Name">The alert's name, or the metric that is recorded.</param>
/// <param name="IsAlert">False for a recording rule.</param>
/// <param name="Expression">The query; empty when it has none.</param>
/// <param name="For">How long it must hold before the alert fires, as written; null when it says nothing.</param>
/// <param name="Severity">The label <c>severity</c>, as written; null when there is none.</param>
/// <param name="RunbookLink">The annotation <c>runbook_url</c> (or <c>runbook</c>); null when there is none.</param>
/// <param name="NamePlace">Where its name stands.</param>
/// <param name="ExpressionPlace">Where its query begins.</param>
public sealed record AlertRule(
    string Path, string Name, bool IsAlert, string Expression, string? For, string? Severity, string? RunbookLink,
    DocumentSpan NamePlace, DocumentSpan ExpressionPlace);

/// <summary>The rules that were given, and what of the files could not be read.</summary>
/// <param name="Rules">In the order of the files.</param>
/// <param name="Unread">One report for each file that is no rule file.</param>
public sealed record RuleSet(ImmutableArray<AlertRule> Rules, ImmutableArray<Finding> Unread);
