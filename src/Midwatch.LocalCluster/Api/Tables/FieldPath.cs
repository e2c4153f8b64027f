using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Reads fields by paths as ".status.phase"; a path through a list reads every element.</summary>
internal static class FieldPath
{
    public static JsonNode? Read(JsonNode? body, string path)
    {
        var at = body;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            at = (at as JsonObject)?[name];
        }

        return at;
    }

    public static ImmutableArray<string> ReadAll(JsonNode? body, string path)
    {
        IEnumerable<JsonNode?> at = [body];
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            at = at.SelectMany(one => one is JsonArray list ? list.Select(item => item) : [one])
                .Select(one => (one as JsonObject)?[name]);
        }

        return [.. at.Where(one => one is not null).Select(Text)];
    }

    public static string Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : node?.ToJsonString() ?? "";

    public static long Number(JsonNode? body, string path) =>
        Read(body, path) is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;

    public static string Text(JsonNode? body, string path, string fallback = "") =>
        Text(Read(body, path)) is { Length: > 0 } text ? text : fallback;

    public static IEnumerable<JsonObject> Items(JsonNode? body, string path) =>
        (Read(body, path) as JsonArray ?? []).OfType<JsonObject>();
}
