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
        condition is null ? null
        : Sure().Match(condition) is { Success: true } sure ? First(condition[sure.Index..])
        : !Averaged().IsMatch(condition) && Held().Match(condition) is { Success: true } match
            ? First(condition[match.Index..])
        : null;

    private static TimeSpan Unit(string unit) => char.ToLowerInvariant(unit[0]) switch
    {
        's' when unit.StartsWith("stunde", StringComparison.OrdinalIgnoreCase) => TimeSpan.FromHours(1),
        's' or 'с' or '초' or '秒' => TimeSpan.FromSeconds(1),
        'h' or 'ч' or '시' or '小' or '時' => TimeSpan.FromHours(1),
        'd' or 'b' or 't' or 'j' or 'д' or '天' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => unit.StartsWith("ms", StringComparison.OrdinalIgnoreCase)
            || unit.StartsWith("milli", StringComparison.OrdinalIgnoreCase)
            ? TimeSpan.FromMilliseconds(1)
            : TimeSpan.FromMinutes(1),
    };

    [GeneratedRegex(@"\b(for|longer than)\s+((more than|at least|over|about|>=?|≥)\s*)?[0-9]",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Sure();

    // "The 99th percentile over 5 minutes": the time over which a value is made, not that for which it holds.
    [GeneratedRegex(@"percentile|\bp[0-9]{2}\b|\baverage|\bmean\b|\bevery\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Averaged();

    [GeneratedRegex(
        @"\b(for|over|during|within|in|longer than|für|seit|pendant|depuis|durante|por|в течение)\s+((more than|at least|over|about|the last|a period of|más de|mehr als|plus de)\s+)?[0-9](?!\S*\s+(behind|old|late|ago)\b)|\b(more than|at least)\s+[0-9.]+\s*(m|h|d|min|minutes?|hours?|days?)\b(?!\s+(behind|old|late|ago)\b)|[0-9]\s*(초|분|시간)\s*(동안|간|이상)|(超过|持续)\s*[0-9]+\s*(秒|分|小时)|[0-9]\s*(秒|分|時間)(間|以上)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Held();

    [GeneratedRegex(
        @"(?<![\w.])(?<n>[0-9]+(\.[0-9]+)?)(\s*(-|–|to)\s*(?<to>[0-9]+))?\+?\s*(?<unit>milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|min|m|hours?|hrs?|h|business days?|days?|d|weeks?|sekunden?|minuten?|stunden?|tagen?|tage?|secondes?|heures?|jours?|segundos?|minutos?|horas?|d[ií]as?|секунд\w*|минут\w*|час\w*|дн\w*)(\b|(?=0s\b))|(?<![\w.])(?<n>[0-9]+)\s*(?<unit>초|분|시간|秒|分|小时|時間|天)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Duration();
}
