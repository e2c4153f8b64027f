using System.Text.RegularExpressions;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Reads criteria, stages and contacts of escalation.</summary>
internal static partial class EscalationReader
{
    /// <summary>One item of a list under a heading or label about escalation.</summary>
    /// <param name="title">The heading or label that it stands under.</param>
    /// <param name="ordered">The list is numbered: stages of a path.</param>
    public static Escalation Read(string text, string title, bool ordered, int line)
    {
        var plain = HeadingText.Plain(text).Replace('\n', ' ');
        var after = Durations.First(plain);
        var isCriterion = Criteria().IsMatch(title) || (!ordered && !Path().IsMatch(title) && after is not null);
        if (isCriterion)
        {
            var to = To().Match(title) is { Success: true } match ? match.Groups["to"].Value.Trim() : null;
            return new Escalation(after, after is null ? null : From(plain), to, plain, line);
        }

        return new Escalation(after, after is null ? null : From(plain), plain, null, line);
    }

    /// <summary>A stage below a condition that holds for a whole list ("If not resolved within 15 minutes:").</summary>
    /// <param name="condition">The words; null for none.</param>
    public static Escalation Under(string? condition, Escalation stage) => condition is null ? stage
        : stage with
        {
            After = stage.After ?? Durations.First(condition),
            From = stage.From ?? (Durations.First(condition) is null ? null : From(condition)),
            Condition = stage.Condition ?? condition,
        };

    private static string From(string text) => Attempted().IsMatch(text) ? "attempted-fix"
        : Acknowledged().IsMatch(text) ? "acknowledged"
        : "alert";

    [GeneratedRegex(@"\b(if|when|criteria|triggers?|conditions?)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Criteria();

    [GeneratedRegex(@"\b(path|contacts?|chain|levels?|severit(y|ies)|tiers?|channels?|who)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Path();

    [GeneratedRegex(@"\b(escalate to|contact|page|notify|call|inform)\s+(?<to>.+?)\s+(if|when)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex To();

    [GeneratedRegex(
        @"\b(after|following|despite)\b.*\b(attempt\w*|fix(es)?|mitigation|remediation|resolution|restart|rollback)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Attempted();

    [GeneratedRegex(@"\backnowledg", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Acknowledged();
}
