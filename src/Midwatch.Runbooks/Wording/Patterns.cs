using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Wording;

/// <summary>Makes the regular expressions of the data files: linear in time on any input.</summary>
internal static class Patterns
{
    /// <summary>An expression without regard to case.</summary>
    public static Regex Make(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase);
}
