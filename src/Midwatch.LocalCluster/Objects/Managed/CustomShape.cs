using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Custom;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>How the values of a custom kind are owned, after its schema.</summary>
internal static class CustomShape
{
    public static FieldShape Of(JsonObject schema, bool isRoot = false)
    {
        if (isRoot || StructuralSchema.Type(schema) == "object" || schema["properties"] is JsonObject)
        {
            return StructuralSchema.Text(schema, "x-kubernetes-map-type") == "atomic" ? FieldShape.Value
                : FieldShape.Free with
                {
                    Parts = name => isRoot && name == "metadata" ? Metadata()
                        : StructuralSchema.Field(schema, name) is { } field ? Of(field) : null,
                };
        }

        if (StructuralSchema.Type(schema) != "array" || schema["items"] is not JsonObject item)
        {
            return FieldShape.Value;
        }

        return StructuralSchema.Text(schema, "x-kubernetes-list-type") switch
        {
            "set" => FieldShape.Value with { IsAtomic = false, IsSet = true, Item = FieldShape.Value },
            "map" => FieldShape.Value with
            {
                IsAtomic = false,
                Keys = [.. (schema["x-kubernetes-list-map-keys"] as JsonArray ?? []).Select(key => key!.ToString())],
                Item = Of(item),
            },
            _ => FieldShape.Value,
        };
    }

    private static FieldShape Metadata() =>
        FieldShape.Free with { Type = SchemaCatalog.Embedded.Find("ObjectMeta") };
}
