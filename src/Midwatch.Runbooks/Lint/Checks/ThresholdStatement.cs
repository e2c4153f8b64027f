using System.Globalization;
using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Lint.Checks;

/// <summary>A bound that a sentence states: "&gt; 80%", "exceeds 2 seconds".</summary>
/// <param name="Value">The number.</param>
/// <param name="Unit"><c>%</c>, <c>s</c>, or empty; milliseconds and minutes become seconds.</param>
internal readonly partial record struct ThresholdStatement(double Value, string Unit)
{
    /// <summary>The one bound of a text; null when it states none, or several.</summary>
    public static ThresholdStatement? Of(string text)
    {
        var bounds = Bound().Matches(text);
        if (bounds.Count != 1)
        {
            return null;
        }

        var value = double.Parse(bounds[0].Groups["value"].Value, CultureInfo.InvariantCulture);
        return bounds[0].Groups["unit"].Value switch
        {
            "%" or "percent" => new ThresholdStatement(value, "%"),
            "ms" => new ThresholdStatement(value / 1000, "s"),
            "s" or "sec" or "second" or "seconds" => new ThresholdStatement(value, "s"),
            "" => new ThresholdStatement(value, ""),
            _ => null,
        };
    }

    /// <summary>"for 5 minutes", "for 10m": how long, in seconds; null when the text says nothing, or
    /// several.</summary>
    public static double? DurationOf(string text)
    {
        var found = Duration().Matches(text);
        return found.Count != 1 ? null : Seconds(found[0].Groups["value"].Value, found[0].Groups["unit"].Value);
    }

    /// <summary>Prometheus' own way: <c>1h30m</c>; null for anything else.</summary>
    public static double? PrometheusSeconds(string text)
    {
        var parts = Parts().Matches(text);
        return parts.Count > 0 && parts.Sum(part => part.Length) == text.Trim().Length
            ? parts.Sum(part => Seconds(part.Groups["value"].Value, part.Groups["unit"].Value) ?? 0)
            : null;
    }

    private static double? Seconds(string value, string unit) =>
        double.Parse(value, CultureInfo.InvariantCulture) * unit switch
        {
            "ms" => 0.001,
            "s" or "sec" or "second" or "seconds" => 1,
            "m" or "min" or "mins" or "minute" or "minutes" => 60,
            "h" or "hour" or "hours" => 3600,
            "d" => 86400,
            _ => double.NaN,
        };

    [GeneratedRegex(
        @"(?:[<>]=?|[≥≤]|\b(?:above|over|below|under|exceed(?:s|ed|ing)?|more than|greater than|less than))\s*(?<value>\d+(?:\.\d+)?)\s*(?<unit>%|percent\b|ms\b|seconds?\b|sec\b|s\b|[a-zA-Z]+(?<=GB|GiB|MB|MiB|KB|m|min|minutes?|hours?|h))?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Bound();

    [GeneratedRegex(
        @"\bfor (?:at least |more than |over )?(?<value>\d+)\s*(?<unit>seconds?|sec|s|minutes?|mins?|min|m|hours?|h)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Duration();

    [GeneratedRegex(@"(?<value>\d+)(?<unit>ms|s|m|h|d)", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();
}
