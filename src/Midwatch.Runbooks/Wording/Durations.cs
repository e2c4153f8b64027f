using System.Globalization;
using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Wording;

/// <summary>Reads durations out of prose.</summary>
internal static partial class Durations
{
    /// <summary>The first duration in a text; of a range the longer end. Null when it states none.</summary>
    public static TimeSpan? First(string text)
    {
        var match = Duration().Match(text);
        if (!match.Success)
        {
            return null;
        }

        var number = match.Groups["to"].Success ? match.Groups["to"].Value : match.Groups["n"].Value;
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var count) && count < 100_000
            ? count * Unit(match.Groups["unit"].Value)
            : null;
    }

    /// <summary>How long a condition must hold ("&gt; 5 % for 10 minutes"); null when the text does not say.</summary>
    public static TimeSpan? Holding(string? condition) =>
        condition is not null && Held().Match(condition) is { Success: true } match
            ? First(condition[match.Index..])
            : null;

    private static TimeSpan Unit(string unit) => char.ToLowerInvariant(unit[0]) switch
    {
        's' => TimeSpan.FromSeconds(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        'b' => TimeSpan.FromDays(1),
        _ => unit.StartsWith("ms", StringComparison.OrdinalIgnoreCase)
            || unit.StartsWith("milli", StringComparison.OrdinalIgnoreCase)
            ? TimeSpan.FromMilliseconds(1)
            : TimeSpan.FromMinutes(1),
    };

    [GeneratedRegex(
        @"\b(for|over|during|within|in|longer than|more than|at least)\s+((more than|at least|over|about|the last|a period of)\s+)?[0-9]",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Held();

    [GeneratedRegex(
        @"(?<![\w.])(?<n>[0-9]+(\.[0-9]+)?)(\s*(-|–|to)\s*(?<to>[0-9]+))?\+?\s*(?<unit>milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|min|m|hours?|hrs?|h|business days?|days?|d|weeks?)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Duration();
}
