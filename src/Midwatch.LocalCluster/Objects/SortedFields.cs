using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>JSON with its fields by name, as Go writes maps.</summary>
internal static class SortedFields
{
    public static JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => KeyValuePair.Create(one.Key, Of(one.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Of)]),
        null => null,
        _ => node.DeepClone(),
    };
}
