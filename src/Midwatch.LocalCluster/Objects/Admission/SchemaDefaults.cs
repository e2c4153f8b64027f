using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Sets the defaults that types.yaml names, at every depth.</summary>
internal sealed class SchemaDefaults(SchemaCatalog schemas)
{
    public void Apply(JsonObject body, string type)
    {
        if (schemas.Find(type) is { } schema)
        {
            Apply(body, schema);
        }
    }

    private void Apply(JsonObject body, TypeSchema type)
    {
        foreach (var field in type.Fields.Values)
        {
            if (body[field.Name] is null && field.Default is not null)
            {
                body[field.Name] = field.Default.DeepClone();
            }

            if (body[field.Name] is { } value && schemas.Find(field.Type.Name) is { } inner)
            {
                Descend(value, inner);
            }
        }
    }

    private void Descend(JsonNode value, TypeSchema type)
    {
        switch (value)
        {
            case JsonObject body:
                Apply(body, type);
                break;
            case JsonArray list:
                foreach (var item in list.OfType<JsonObject>())
                {
                    Apply(item, type);
                }

                break;
        }
    }
}
