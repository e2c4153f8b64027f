using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Reads fields of Kubernetes objects by path; an absent or mistyped field reads as absent.</summary>
internal static class Fields
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }

        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value ? AsNumber(value) : null;

    public static int Count(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (int)(node.Number(path) ?? 0);

    public static DateTimeOffset? Time(this JsonNode? node, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(
            node.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray array ? array.OfType<JsonObject>() : [];

    public static IEnumerable<KeyValuePair<string, string>> Map(
        this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonObject map
            ? map.Where(pair => pair.Value is JsonValue)
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value!.ToString()))
            : [];

    /// <summary>The nested object at <paramref name="path"/>, made where it is missing.</summary>
    public static JsonObject Need(this JsonObject parent, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (parent[name] is not JsonObject child)
            {
                child = [];
                parent[name] = child;
            }

            parent = child;
        }

        return parent;
    }

    // A number set from code is held as int, a parsed one as JsonElement; GetValue<long> throws on the former.
    private static long? AsNumber(JsonValue value)
    {
        if (value.TryGetValue<long>(out var wide))
        {
            return wide;
        }

        return value.TryGetValue<int>(out var narrow) ? narrow : null;
    }
}
