using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Patching;

/// <summary>A place in a document (RFC 6901).</summary>
internal static class JsonPointer
{
    /// <summary>The steps of a pointer; null when it is not one.</summary>
    public static string[]? Split(string pointer) => pointer switch
    {
        "" => [],
        _ when pointer[0] != '/' => null,
        _ => [.. pointer[1..].Split('/').Select(Unescape)],
    };

    /// <summary>Finds the value at the path; false when a step leads nowhere.</summary>
    public static bool TryFind(JsonNode? root, ReadOnlySpan<string> path, out JsonNode? found)
    {
        found = root;
        foreach (var step in path)
        {
            switch (found)
            {
                case JsonObject body when body.TryGetPropertyValue(step, out var value):
                    found = value;
                    break;
                case JsonArray list when Index(list, step, mayAppend: false) is { } index:
                    found = list[index];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>An array index; "-" is the place after the last where that is allowed.</summary>
    public static int? Index(JsonArray list, string step, bool mayAppend)
    {
        if (step == "-")
        {
            return mayAppend ? list.Count : null;
        }

        return int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && index < list.Count + (mayAppend ? 1 : 0)
            ? index
            : null;
    }

    private static string Unescape(string step) =>
        step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
