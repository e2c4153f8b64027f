using System.Globalization;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Ages as kubectl shows them: "45s", "3m12s", "5h20m", "2d3h".</summary>
internal static class HumanDuration
{
    public static string Format(TimeSpan span)
    {
        var seconds = (long)span.TotalSeconds;
        var minutes = seconds / 60;
        var hours = minutes / 60;
        return seconds switch
        {
            < -1 => "<invalid>",
            < 0 => "0s",
            < 120 => Invariant($"{seconds}s"),
            _ when minutes < 10 => With(minutes, "m", seconds % 60, "s"),
            _ when minutes < 180 => Invariant($"{minutes}m"),
            _ when hours < 8 => With(hours, "h", minutes % 60, "m"),
            _ when hours < 48 => Invariant($"{hours}h"),
            _ when hours < 24 * 8 => With(hours / 24, "d", hours % 24, "h"),
            _ when hours < 24 * 365 * 2 => Invariant($"{hours / 24}d"),
            _ when hours < 24 * 365 * 8 => With(hours / 24 / 365, "y", hours / 24 % 365, "d"),
            _ => Invariant($"{hours / 24 / 365}y"),
        };
    }

    /// <summary>The time since a timestamp of the API; "&lt;unknown&gt;" when there is none.</summary>
    public static string Since(DateTimeOffset? time, DateTimeOffset now) =>
        time is { } then ? Format(now - then) : "<unknown>";

    private static string With(long large, string largeUnit, long small, string smallUnit) =>
        small == 0 ? Invariant($"{large}{largeUnit}") : Invariant($"{large}{largeUnit}{small}{smallUnit}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
