using System.Text.RegularExpressions;

namespace Midwatch.Diagnosis.Data;

/// <summary>Makes the patterns of the data files: linear in time, since they meet texts that others wrote.</summary>
internal static class DataRegex
{
    public static Regex Of(string pattern) =>
        new(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
}
