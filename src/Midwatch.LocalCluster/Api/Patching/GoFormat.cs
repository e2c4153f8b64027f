using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Patching;

/// <summary>Values as Go's fmt prints them with %v, for messages that show a patch.</summary>
internal static class GoFormat
{
    public static string Value(JsonNode? node) => node switch
    {
        null => "<nil>",
        JsonObject body => "map["
            + string.Join(' ', body.OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(field => $"{field.Key}:{Value(field.Value)}"))
            + "]",
        JsonArray list => $"[{string.Join(' ', list.Select(Value))}]",
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => node.ToJsonString(),
    };
}
