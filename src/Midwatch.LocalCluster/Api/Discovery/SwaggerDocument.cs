using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>
/// The schemas of OpenAPI v3 as definitions of v2, which kubectl up to 1.26 explains and validates by.
/// </summary>
internal static class SwaggerDocument
{
    private const string Components = "#/components/schemas/";

    /// <param name="schemas">All schemas of components.</param>
    public static JsonObject Of(JsonObject schemas)
    {
        var definitions = new JsonObject();
        foreach (var (name, schema) in schemas)
        {
            definitions[name] = Definition((JsonObject)schema!);
        }

        return new JsonObject
        {
            ["swagger"] = "2.0",
            ["info"] = new JsonObject { ["title"] = "Kubernetes", ["version"] = ServerVersion.Git },
            ["paths"] = new JsonObject(),
            ["definitions"] = definitions,
        };
    }

    private static JsonObject Definition(JsonObject schema)
    {
        var result = new JsonObject();
        foreach (var (name, value) in schema)
        {
            switch (name, value)
            {
                case ("allOf", JsonArray { Count: 1 } one) when one[0] is JsonObject only:
                    foreach (var (field, inner) in Definition(only))
                    {
                        result[field] = inner?.DeepClone();
                    }

                    break;
                case ("$ref", _):
                    result["$ref"] = value!.ToString().Replace(Components, "#/definitions/", StringComparison.Ordinal);
                    break;
                case ("properties", JsonObject fields):
                    result[name] = new JsonObject(fields.Select(
                        field => KeyValuePair.Create(field.Key, (JsonNode?)Definition((JsonObject)field.Value!))));
                    break;
                case ("items" or "additionalProperties", JsonObject inner):
                    result[name] = Definition(inner);
                    break;
                // A number or a text, which v2 cannot say, is a text there.
                case ("oneOf" or "anyOf" or "not" or "nullable", _):
                    break;
                default:
                    result[name] = value?.DeepClone();
                    break;
            }
        }

        if (schema.ContainsKey("oneOf") || schema.ContainsKey("x-kubernetes-int-or-string"))
        {
            result["type"] = "string";
        }

        return result;
    }
}
