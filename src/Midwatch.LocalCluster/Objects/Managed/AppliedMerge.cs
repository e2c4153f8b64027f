using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Managed;

/// <summary>Puts an applied manifest over an object, and takes out what the manifest no longer has.</summary>
internal static class AppliedMerge
{
    public static JsonNode? Merge(JsonNode? live, JsonNode? applied, FieldShape shape)
    {
        switch (live, applied)
        {
            case (JsonObject below, JsonObject above) when !shape.IsAtomic:
                var map = (JsonObject)below.DeepClone();
                foreach (var (name, value) in above)
                {
                    map[name] = Merge(below[name], value, shape.Field(name));
                }

                return map;
            case (JsonArray below, JsonArray above) when shape.IsKeyed:
                return MergeLists(below, above, shape);
            default:
                return applied?.DeepClone();
        }
    }

    /// <summary>Removes fields in place.</summary>
    public static void Remove(JsonNode? value, FieldTree fields, FieldShape shape)
    {
        foreach (var (step, below) in fields.Children)
        {
            if (value is JsonObject map && step.StartsWith("f:", StringComparison.Ordinal))
            {
                var name = step[2..];
                Remove(map[name], below, shape.Field(name));
                if (below.Self || IsHollow(map[name], below))
                {
                    _ = map.Remove(name);
                }
            }
            else if (value is JsonArray list && shape.IsKeyed
                && list.FirstOrDefault(one => shape.ItemName(one) == step) is { } item)
            {
                if (below.Self)
                {
                    _ = list.Remove(item);
                }
                else
                {
                    Remove(item, below, shape.Item!);
                }
            }
        }
    }

    // A map or list that lost its last entry goes too.
    private static bool IsHollow(JsonNode? value, FieldTree removed) =>
        removed.Children.Count > 0 && value is JsonObject { Count: 0 } or JsonArray { Count: 0 };

    private static JsonArray MergeLists(JsonArray below, JsonArray above, FieldShape shape)
    {
        var result = new JsonArray();
        var applied = above.ToLookup(shape.ItemName);
        foreach (var item in below)
        {
            var over = applied[shape.ItemName(item)].FirstOrDefault();
            result.Add(over is null || shape.IsSet ? item?.DeepClone() : Merge(item, over, shape.Item!));
        }

        var present = below.Select(shape.ItemName).ToHashSet();
        foreach (var item in above.Where(item => !present.Contains(shape.ItemName(item))))
        {
            result.Add(item?.DeepClone());
        }

        return result;
    }
}
