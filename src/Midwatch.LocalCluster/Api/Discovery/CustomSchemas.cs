using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>Writes the schema of a custom kind as the OpenAPI document carries it.</summary>
internal static class CustomSchemas
{
    /// <summary>"test.kitchen.v1.Teapot" for Teapot of kitchen.test/v1.</summary>
    public static string NameOf(KindDefinition kind) =>
        $"{string.Join('.', kind.Group.Split('.').Reverse())}.{kind.Version}.{kind.Kind}";

    public static JsonObject Of(KindDefinition kind, JsonObject metadata)
    {
        var schema = (JsonObject)kind.Custom!.Schema.DeepClone();
        if (schema["properties"] is not JsonObject properties)
        {
            properties = [];
            schema["properties"] = properties;
        }

        properties["apiVersion"] = new JsonObject { ["type"] = "string" };
        properties["kind"] = new JsonObject { ["type"] = "string" };
        properties["metadata"] = new JsonObject { ["allOf"] = new JsonArray(metadata) };
        schema["x-kubernetes-group-version-kind"] = OpenApiSchemas.GroupVersionKind(kind);
        return schema;
    }
}
