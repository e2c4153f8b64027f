using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Wording;

/// <summary>Tells titles that name a failure from titles of work.</summary>
internal static partial class FailureWords
{
    /// <summary>Whether a title speaks of something that is wrong.</summary>
    public static bool AreIn(string title) => Failing().IsMatch(title);

    /// <summary>Whether a title is the name of a failure: its last word says so.</summary>
    public static bool End(string title) => Ending().IsMatch(title);

    [GeneratedRegex(@"\b(failure|loss|outage|error|crash|exhaustion|corruption|downtime|leak)s?\W*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Ending();

    [GeneratedRegex(
        @"\b(fail\w*|down|outage|alert|error\w*|crash\w*|stuck|high|low|slow|missing|lost|loss|not ready|unavailable|degraded|full(?=\W*$)|exhausted|loop|unhealthy|disaster)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Failing();
}
