using System.Text.RegularExpressions;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Sections;

/// <summary>Recognises the names of alerts.</summary>
internal static partial class AlertNames
{
    private const int NameLengthMax = 200;

    /// <summary>
    /// The names in the value of an alert field: those in code marks, else words like <c>HighErrorRate</c>.
    /// </summary>
    public static IEnumerable<string> In(string text)
    {
        var coded = Coded().Matches(text);
        if (coded.Count > 0)
        {
            return coded.Select(match => match.Groups[1].Value);
        }

        var camel = Camel().Matches(text);
        return camel.Count > 0
            ? camel.Select(match => match.Value)
            : Snake().IsMatch(text.Trim()) ? [text.Trim()] : [];
    }

    /// <summary>Whether a value is nothing but names that can be no word of prose.</summary>
    public static bool AreSure(string text) => Coded().IsMatch(text) || Camel().IsMatch(text);

    /// <summary>Whether a name says that something is wrong: "OpenRouter" and "LoadBalancer" do not.</summary>
    public static bool TellsOfFailure(string name) => Symptom().IsMatch(name);

    /// <summary>
    /// The alert that a heading is; null when the heading is more or less than one name of several words.
    /// </summary>
    public static string? OfHeading(string heading)
    {
        var plain = HeadingText.Plain(heading);
        // A name has no space, unless a colon stands before it.
        if (plain.Length > NameLengthMax
            || (plain.Contains(' ', StringComparison.Ordinal) && !plain.Contains(':', StringComparison.Ordinal)))
        {
            return null;
        }

        var named = Named().Match(plain);
        var word = named.Success ? named.Groups["name"].Value : plain;
        return word.Length >= 10 && (Whole().IsMatch(word) || (SmallFirst().IsMatch(word) && TellsOfFailure(word)))
            ? word
            : OfService().IsMatch(plain) ? plain
            : null;
    }

    /// <summary>
    /// The alert that a file is named after; null where its name begins small, as those of scripts and guides do.
    /// </summary>
    public static string? OfFile(string name) => SmallFirst().IsMatch(name) ? null : OfHeading(name);

    /// <summary>
    /// The alert that the heading of an answer is, also where its name is too short to be sure by its form:
    /// <c>NodeDown</c>, <c>DNSErrors</c>.
    /// </summary>
    public static string? OfAnswer(string heading)
    {
        var plain = HeadingText.Plain(heading);
        return OfHeading(heading) ?? (Short().IsMatch(plain) && TellsOfFailure(plain) ? plain : null);
    }

    /// <summary>Whether a heading is an alert's name only if <see cref="Quoted"/> finds it below.</summary>
    public static bool MayBeOfHeading(string heading) =>
        heading.Length <= NameLengthMax && heading.Contains(':', StringComparison.Ordinal)
        && MayBeOfService().IsMatch(HeadingText.Plain(heading));

    /// <summary>
    /// The names in quotes that end with a heading of the form <c>service: alert_name</c>: the alert's own name there.
    /// </summary>
    public static IEnumerable<string> Quoted(string heading, IEnumerable<string> lines)
    {
        var ending = heading.Replace(": ", "_", StringComparison.Ordinal).Replace('-', '_');
        return lines.SelectMany(line => QuotedName().Matches(line))
            .Select(match => match.Groups[1].Value)
            .Where(name => name.Replace('-', '_').EndsWith($"_{ending}", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal);
    }

    // Words of an alert's name, each with its capital.
    [GeneratedRegex(
        @"(Down|High|Low|Slow|Fail\w*|Error\w*|Missing|Unavailable|Unreachable|Absent|Stuck|Stalled|Pending|Crash\w*|Loop\w*|Exceeded|Exhausted|Limit|Full|Filling|OOM\w*|Killed|Lag\w*|Late|Latency|Delay\w*|Timeout|Too[A-Z]\w*|Incorrect\w*|Insufficient\w*|Bad[A-Z]\w*|Terminated\w*|Errs|Excess\w*|Imbalance\w*|Unbalanced|Broken|Blocked|Unexpected\w*|Unknown|Disconnected|Refused|Evict\w*|Growing|Growth|Mismatch|Degraded|Unhealthy|NotReady|Not[A-Z]\w+|No[A-Z]\w+|Without[A-Z]|Expir\w+|Burn|Saturat\w*|Pressure|Critical|Warning|Alert|Violat\w*|Invalid|Inconsistent|Corrupt\w*|Drop\w*|Lost|Loss|Restart\w*|Throttl\w*|Backlog|Overload\w*|Overcommit|Outdated|Stale|Skew\w*|Anomal\w*|Rejected|Denied|Denial\w*|Spike\w*|Breach\w*|Budget\w*|Usage|Under[A-Z]\w+|Over[A-Z]\w+|Flapping|Conflict\w*|Deprecated|Misconfigur\w*|Reaching\w*|Has[A-Z]\w+|Is[A-Z]\w+)(?![a-z])",
        RegexOptions.CultureInvariant)]
    private static partial Regex Symptom();

    [GeneratedRegex(@"`([\w:.-]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Coded();

    [GeneratedRegex(@"\b[A-Z][a-z0-9]*[A-Z][A-Za-z0-9]*\b", RegexOptions.CultureInvariant)]
    private static partial Regex Camel();

    [GeneratedRegex(@"^[A-Za-z]\w+$", RegexOptions.CultureInvariant)]
    private static partial Regex Snake();

    // Two humps with a small letter each: an alert's name, not an abbreviation or a product.
    [GeneratedRegex(
        @"^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*$|^[A-Z]{2,}[a-z]\w*[A-Z]\w*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    // Named after a program whose own name is small: etcdMembersDown. Two humps, as a function's name has often one.
    [GeneratedRegex(@"^[a-z]+([A-Z]+[a-z0-9]+){2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex SmallFirst();

    [GeneratedRegex(@"^[A-Z][A-Za-z]*[A-Z][a-z]{2,}$", RegexOptions.CultureInvariant)]
    private static partial Regex Short();

    // An id of several words is sure; one of a single word needs its full name below the heading.
    [GeneratedRegex(@"^[a-z][\w-]*: [a-z0-9]+([_-]+[a-z0-9]+)*_[a-z0-9]+([_-]+[a-z0-9]+)*$",
        RegexOptions.CultureInvariant)]
    private static partial Regex OfService();

    [GeneratedRegex(@"^[a-z][\w-]*: [a-z0-9]+([_-]+[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex MayBeOfService();

    [GeneratedRegex(@"""([\w:.-]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedName();

    [GeneratedRegex(@"^(alert( name)?|runbook)\s*:\s*""?(?<name>\w+)""?$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
