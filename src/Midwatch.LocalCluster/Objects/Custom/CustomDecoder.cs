using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>Reads a body as an object of a custom kind: what its schema does not know is dropped.</summary>
internal sealed class CustomDecoder
{
    private readonly ImmutableArray<string>.Builder _unknown = ImmutableArray.CreateBuilder<string>();

    private CustomDecoder()
    {
    }

    public static DecodeResult Decode(JsonObject body, CustomKind kind)
    {
        var walk = new CustomDecoder();
        var kept = (JsonObject)body.DeepClone();
        walk.Prune(kept, kind.Schema, "", isRoot: true);
        return new DecodeResult(kept, walk._unknown.ToImmutable(), null);
    }

    private void Prune(JsonNode? value, JsonObject schema, string path, bool isRoot)
    {
        switch (value)
        {
            case JsonObject map:
                PruneMap(map, schema, path, isRoot || StructuralSchema.IsEmbedded(schema));
                break;
            case JsonArray list when schema["items"] is JsonObject item:
                for (var at = 0; at < list.Count; at++)
                {
                    Prune(list[at], item, $"{path}[{at.ToString(CultureInfo.InvariantCulture)}]", isRoot: false);
                }

                break;
        }
    }

    private void PruneMap(JsonObject map, JsonObject schema, string path, bool isObject)
    {
        foreach (var (name, value) in map.ToList())
        {
            if (isObject && name is "apiVersion" or "kind" or "metadata")
            {
                continue;
            }

            var at = path.Length == 0 ? name : $"{path}.{name}";
            if (StructuralSchema.Field(schema, name) is not { } field)
            {
                if (!StructuralSchema.KeepsUnknown(schema))
                {
                    _unknown.Add(at);
                    _ = map.Remove(name);
                }
            }
            else if (value is null && !StructuralSchema.IsNullable(field))
            {
                // As if it had not been given: a default may take its place.
                _ = map.Remove(name);
            }
            else
            {
                Prune(value, field, at, isRoot: false);
            }
        }
    }
}
