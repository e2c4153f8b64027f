using System.Globalization;
using System.Text.RegularExpressions;

namespace Midwatch.LocalCluster.Objects.Cron;

/// <summary>Durations as Go writes them: "1h30m", "90s", "1.5h".</summary>
internal static partial class GoDuration
{
    /// <summary>The duration, or null when the text is not one.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (!Whole().IsMatch(text))
        {
            return null;
        }

        var total = TimeSpan.Zero;
        foreach (Match part in Part().Matches(text))
        {
            var number = double.Parse(part.Groups[1].Value, CultureInfo.InvariantCulture);
            total += part.Groups[2].Value switch
            {
                "h" => TimeSpan.FromHours(number),
                "m" => TimeSpan.FromMinutes(number),
                "s" => TimeSpan.FromSeconds(number),
                _ => TimeSpan.FromMilliseconds(number),
            };
        }

        return total;
    }

    [GeneratedRegex(@"^([0-9]{1,9}(\.[0-9]{1,9})?(ms|h|m|s))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Whole();

    [GeneratedRegex(@"([0-9.]+)(ms|h|m|s)", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
