using System.Buffers;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Wording;

/// <summary>Reads "observation → cause" out of a line of prose.</summary>
internal static partial class RuleReader
{
    // One of them is in every arrow.
    private static readonly SearchValues<char> ArrowHeads = SearchValues.Create("→>⇒➜");

    /// <summary>A rule written with an arrow; null when the line has none.</summary>
    public static Rule? FromArrow(string text, int line, TargetReference? subject)
    {
        if (!text.AsSpan().ContainsAny(ArrowHeads))
        {
            return null;
        }

        var bare = Bullet().Replace(text, "");
        // "Grafana → Explore:" leads to what stands below it, and says no cause; "If it is down → restart it:" does.
        if (bare.AsSpan().TrimEnd("* _") is [.., ':' or '：'] && !If().IsMatch(bare))
        {
            return null;
        }

        var match = Arrow().Match(If().Replace(bare, ""));
        return match.Success ? Make(match.Groups["o"].Value, match.Groups["c"].Value, line, subject) : null;
    }

    /// <summary>
    /// A rule written as "observation: cause" in a list that a heading line announces; null when the line is none.
    /// </summary>
    public static Rule? FromColon(string text, int line, TargetReference? subject)
    {
        var match = Colon().Match(Bullet().Replace(text, ""));
        // Behind a sentence the colon belongs to the next one.
        return match.Success && !match.Groups["o"].Value.Contains(". ", StringComparison.Ordinal)
            ? Make(match.Groups["o"].Value, match.Groups["c"].Value, line, subject)
            : null;
    }

    /// <summary>A rule written as "If observation, then cause"; null when the sentence is none.</summary>
    public static Rule? FromCondition(string text, int line, TargetReference? subject)
    {
        var match = IfThen().Match(HeadingText.Plain(Bullet().Replace(text, "")));
        return match.Success && !Empty().IsMatch(match.Groups["o"].Value)
            // Sentences behind the one with the condition say what to do then.
            ? Make(match.Groups["o"].Value, Sentences.Of(match.Groups["c"].Value)[0], line, subject)
            : null;
    }

    /// <summary>Whether a line announces a list of rules ("Common error patterns:").</summary>
    public static bool Announces(string text) => Announcement().IsMatch(text);

    private static Rule Make(string observation, string cause, int line, TargetReference? subject)
    {
        var seen = observation.Trim().Trim('*').Trim();
        var bare = seen.Trim('"', '\'', '`', '“', '”', ' ');
        return new Rule(bare, HeadingText.Plain(cause).TrimEnd('.', ':'), subject, line)
        {
            IsLiteral = seen.Length > bare.Length && seen[0] is '"' or '\'' or '`' or '“',
        };
    }

    [GeneratedRegex(@"^\s*([-*+•]|\d+[.)])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^(\*\*)?(if|when)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex If();

    [GeneratedRegex(@"^(?<o>\S.*?)\s*(→|->|-->|=>|⇒|➜)\s*(?<c>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"^(?<o>([^:`]|`[^`]*`){2,80}?)\s*:\s+(?<c>\S.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Colon();

    [GeneratedRegex(
        @"^(if|when|in case( of)?)\s+(?<o>([^,:(]|\([^()]{0,160}\)|\((?![^()]{0,160}\))){3,160}?)\s*(,\s*(then\s+)?|:\s+)(?<c>\S.*)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex IfThen();

    // Conditions that observe nothing.
    [GeneratedRegex(
        @"^(needed|necessary|required|possible|appropriate|applicable|so|not|yes|no|done|finished|unsure|in doubt)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Empty();

    [GeneratedRegex(
        @"\b(patterns?|states?|causes?|errors?|issues|reasons?|symptoms?|fixes|meanings?|problems|based on [\w ]+|interpretation|exit codes?)\b[^:]*:\s*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Announcement();
}
