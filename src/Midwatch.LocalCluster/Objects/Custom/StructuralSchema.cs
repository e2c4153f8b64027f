using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>Reads a structural schema: an OpenAPI v3 schema as CustomResourceDefinitions carry it.</summary>
internal static class StructuralSchema
{
    public static string Type(JsonObject schema) => Text(schema, "type");

    /// <summary>The schema of a field, whether it is named or any field may be there; null when it may not.</summary>
    public static JsonObject? Field(JsonObject schema, string name) =>
        schema["properties"] is JsonObject named && named[name] is JsonObject own ? own
        : schema["additionalProperties"] as JsonObject;

    public static bool KeepsUnknown(JsonObject schema) =>
        Flag(schema, "x-kubernetes-preserve-unknown-fields") || IsTrue(schema["additionalProperties"]);

    public static bool IsEmbedded(JsonObject schema) => Flag(schema, "x-kubernetes-embedded-resource");

    public static bool IsIntOrString(JsonObject schema) => Flag(schema, "x-kubernetes-int-or-string");

    public static bool IsNullable(JsonObject schema) => Flag(schema, "nullable");

    public static IEnumerable<KeyValuePair<string, JsonObject>> Properties(JsonObject schema) =>
        (schema["properties"] as JsonObject ?? []).Where(one => one.Value is JsonObject)
            .Select(one => KeyValuePair.Create(one.Key, (JsonObject)one.Value!));

    public static string Text(JsonObject schema, string name) =>
        schema[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";

    public static long? Whole(JsonObject schema, string name) =>
        schema[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? (long)Real(value) : null;

    public static double? Number(JsonObject schema, string name) =>
        schema[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? Real(value) : null;

    public static double Real(JsonNode value) =>
        double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    public static bool Flag(JsonObject schema, string name) => IsTrue(schema[name]);

    private static bool IsTrue(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;
}
