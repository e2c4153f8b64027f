using System.Globalization;

namespace Midwatch.LocalCluster.Objects;

/// <summary>Timestamps as the API writes them: whole seconds, UTC ("2026-01-02T03:04:05Z").</summary>
internal static class KubernetesTime
{
    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>MicroTime, as in leases and event series: "2026-01-02T03:04:05.000000Z".</summary>
    public static string FormatMicro(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time written in an object, or null when there is none or it is not one.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time)
            ? time
            : null;
}
