using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>allOf, anyOf, oneOf and not.</summary>
internal static class SchemaLogic
{
    public static IEnumerable<FieldError> Check(JsonNode value, JsonObject schema, string path)
    {
        foreach (var error in Schemas(schema, "allOf").SelectMany(one => SchemaChecks.Check(value, one, path)))
        {
            yield return error;
        }

        if (schema.ContainsKey("anyOf") && !Schemas(schema, "anyOf").Any(one => Holds(value, one, path)))
        {
            yield return Invalid(path, value, "must validate at least one schema (anyOf)");
        }

        if (schema.ContainsKey("oneOf"))
        {
            var count = Schemas(schema, "oneOf").Count(one => Holds(value, one, path));
            if (count != 1)
            {
                yield return Invalid(path, value, "must validate one and only one schema (oneOf). Found "
                    + (count == 0 ? "none valid" : $"{count} valid alternatives"));
            }
        }

        if (schema["not"] is JsonObject forbidden && Holds(value, forbidden, path))
        {
            yield return Invalid(path, value, "must not validate the schema (not)");
        }
    }

    private static bool Holds(JsonNode value, JsonObject schema, string path) =>
        !SchemaChecks.Check(value, schema, path).Any();

    private static IEnumerable<JsonObject> Schemas(JsonObject schema, string name) =>
        (schema[name] as JsonArray ?? []).OfType<JsonObject>();

    private static FieldError Invalid(string path, JsonNode value, string how) =>
        new(path, "FieldValueInvalid", value is JsonObject or JsonArray ? $"Invalid value: \"{path}\" {how}"
            : $"Invalid value: {value.ToJsonString()}: \"{path}\" {how}");
}
