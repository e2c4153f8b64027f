using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Midwatch.Cli.Demo;

/// <summary>Durations as Prometheus writes them: <c>1h30m</c>, <c>90s</c>, <c>0</c>, largest unit first.</summary>
/// <remarks>https://prometheus.io/docs/prometheus/latest/configuration/configuration/, "duration".</remarks>
internal static partial class PrometheusDuration
{
    private static readonly (string Unit, long Milliseconds)[] Units =
    [
        ("y", 31_536_000_000), ("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000),
        ("m", 60_000), ("s", 1_000), ("ms", 1),
    ];

    internal static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text is "0")
        {
            return true;
        }

        var match = Shape().Match(text);
        if (text.Length == 0 || !match.Success)
        {
            return false;
        }

        foreach (var (unit, milliseconds) in Units)
        {
            var count = match.Groups[unit].Value;
            if (count.Length > 0)
            {
                if (!long.TryParse(count, CultureInfo.InvariantCulture, out var number) || number > 10_000_000)
                {
                    return false;
                }

                duration += TimeSpan.FromMilliseconds(number * milliseconds);
            }
        }

        return true;
    }

    internal static string Print(TimeSpan duration)
    {
        var rest = (long)duration.TotalMilliseconds;
        var text = new StringBuilder();
        foreach (var (unit, milliseconds) in Units.Where(unit => unit.Unit is not ("y" or "w")))
        {
            if (rest >= milliseconds)
            {
                text.Append(CultureInfo.InvariantCulture, $"{rest / milliseconds}{unit}");
                rest %= milliseconds;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    [GeneratedRegex(
        @"^((?<y>\d+)y)?((?<w>\d+)w)?((?<d>\d+)d)?((?<h>\d+)h)?((?<m>\d+)m(?!s))?((?<s>\d+)s)?((?<ms>\d+)ms)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
