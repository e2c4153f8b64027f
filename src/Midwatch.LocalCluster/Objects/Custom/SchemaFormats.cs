using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Midwatch.LocalCluster.Objects.Cron;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>The formats that a text may be told to have.</summary>
internal static partial class SchemaFormats
{
    /// <summary>True also for formats that are not known: those are only remarks.</summary>
    public static bool Holds(string format, string text) => format switch
    {
        "date-time" => Timestamp().IsMatch(text) && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "duration" => GoDuration.Parse(text) is not null,
        "uuid" or "uuid3" or "uuid4" or "uuid5" => Guid.TryParse(text, out _),
        "ipv4" => IPAddress.TryParse(text, out var four) && !text.Contains(':', StringComparison.Ordinal)
            && four.ToString() == text,
        "ipv6" => IPAddress.TryParse(text, out _) && text.Contains(':', StringComparison.Ordinal),
        "cidr" => IPNetwork.TryParse(text, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "email" => text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1,
        "hostname" => Uri.CheckHostName(text) == UriHostNameType.Dns,
        "byte" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        "mac" => Hardware().IsMatch(text),
        _ => true,
    };

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$")]
    private static partial Regex Timestamp();

    [GeneratedRegex("^([0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}$")]
    private static partial Regex Hardware();
}
