using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>Sets the defaults of a structural schema, at every depth.</summary>
internal static class CustomDefaults
{
    public static void Apply(JsonNode? value, JsonObject schema)
    {
        switch (value)
        {
            case JsonObject map:
                foreach (var (name, field) in StructuralSchema.Properties(schema))
                {
                    if (map[name] is null && field["default"] is { } given
                        && !(map.ContainsKey(name) && StructuralSchema.IsNullable(field)))
                    {
                        map[name] = given.DeepClone();
                    }
                }

                foreach (var (name, below) in map)
                {
                    if (StructuralSchema.Field(schema, name) is { } field)
                    {
                        Apply(below, field);
                    }
                }

                break;
            case JsonArray list when schema["items"] is JsonObject item:
                foreach (var one in list)
                {
                    Apply(one, item);
                }

                break;
        }
    }
}
