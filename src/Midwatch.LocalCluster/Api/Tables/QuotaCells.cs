using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Cells of resource quotas: what is used of what may be, as the status tells.</summary>
internal static class QuotaCells
{
    /// <param name="areLimits">The resources that begin with "limits."; otherwise all others.</param>
    public static string Of(JsonObject quota, bool areLimits)
    {
        var hard = FieldPath.Read(quota, ".status.hard") as JsonObject ?? [];
        var used = FieldPath.Read(quota, ".status.used") as JsonObject ?? [];
        return string.Join(", ", hard
            .Where(one => one.Key.StartsWith("limits.", StringComparison.Ordinal) == areLimits)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => $"{one.Key}: {Amount(used[one.Key])}/{FieldPath.Text(one.Value)}"));
    }

    private static string Amount(JsonNode? amount) => FieldPath.Text(amount) is { Length: > 0 } text ? text : "0";
}
