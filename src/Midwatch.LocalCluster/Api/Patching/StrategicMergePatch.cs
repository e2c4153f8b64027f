using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Api.Patching;

/// <summary>Kubernetes' own merge patch, which merges lists by the keys that the schema names.</summary>
/// <remarks>
/// After k8s.io/apimachinery's strategicpatch: $patch, $retainKeys, $setElementOrder, $deleteFromPrimitiveList.
/// </remarks>
internal sealed class StrategicMergePatch(SchemaCatalog schemas)
{
    private const string Directive = "$patch";
    private const string RetainKeys = "$retainKeys";
    private const string OrderPrefix = "$setElementOrder/";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";

    /// <param name="type">The schema's name of the object's type, as "Deployment".</param>
    public PatchResult Apply(JsonObject target, JsonObject patch, string type)
    {
        try
        {
            return new PatchResult.Patched(Merge(target, patch, schemas.Find(type)) ?? []);
        }
        catch (StrategicPatchException wrong)
        {
            return new PatchResult.Failed(wrong.Message);
        }
    }

    // Null means that the patch deletes the map.
    private JsonObject? Merge(JsonObject original, JsonObject patch, TypeSchema? type)
    {
        switch (patch[Directive]?.GetValue<string>())
        {
            case "replace":
                return WithoutDirectives(patch);
            case "delete":
                return null;
        }

        var result = (JsonObject)original.DeepClone();
        KeepOnly(result, patch[RetainKeys] as JsonArray);
        foreach (var (name, value) in patch)
        {
            if (!name.StartsWith('$'))
            {
                MergeField(result, name, value, patch, type?.Fields.GetValueOrDefault(name));
            }
            else if (name.StartsWith(DeletePrefix, StringComparison.Ordinal))
            {
                DeleteValues(result, name[DeletePrefix.Length..], value as JsonArray);
            }
        }

        ReorderUntouched(result, patch, type);
        return result;
    }

    private void MergeField(JsonObject result, string name, JsonNode? value, JsonObject patch, FieldSchema? field)
    {
        switch (value)
        {
            case null:
                _ = result.Remove(name);
                break;
            case JsonObject inner:
                var type = field is { Type.Shape: ValueShape.One } ? schemas.Find(field.Type.Name) : null;
                var merged = Merge(result[name] as JsonObject ?? [], inner, type);
                if (merged is null)
                {
                    _ = result.Remove(name);
                }
                else
                {
                    result[name] = merged;
                }

                break;
            case JsonArray list when field?.MergeKey is { } key:
                result[name] = MergeList(
                    result[name] as JsonArray ?? [], list, patch[OrderPrefix + name] as JsonArray, key, field);
                break;
            default:
                result[name] = value.DeepClone();
                break;
        }
    }

    private JsonArray MergeList(JsonArray original, JsonArray patch, JsonArray? order, string key, FieldSchema field)
    {
        if (key == "=")
        {
            return MergeValues(original, patch, order);
        }

        foreach (var item in patch.OfType<JsonObject>())
        {
            if (item[Directive]?.GetValue<string>() == "replace" && !item.ContainsKey(key))
            {
                return [.. patch.OfType<JsonObject>().Where(one => !one.ContainsKey(Directive))
                    .Select(one => one.DeepClone())];
            }

            if (!item.ContainsKey(key))
            {
                throw new StrategicPatchException(
                    $"map: {GoFormat.Value(item)} does not contain declared merge key: {key}");
            }
        }

        var merged = original.Select(item => item?.DeepClone()).ToList();
        foreach (var item in patch.OfType<JsonObject>())
        {
            MergeElement(merged, item, key, schemas.Find(field.Type.Name));
        }

        return order is null ? [.. merged] : ElementOrder.Apply(original, merged, order, key);
    }

    private void MergeElement(List<JsonNode?> merged, JsonObject item, string key, TypeSchema? type)
    {
        var index = merged.FindIndex(one => JsonNode.DeepEquals((one as JsonObject)?[key], item[key]));
        switch (item[Directive]?.GetValue<string>())
        {
            case "delete":
                _ = merged.RemoveAll(one => JsonNode.DeepEquals((one as JsonObject)?[key], item[key]));
                return;
            case "replace" when index >= 0:
                merged[index] = WithoutDirectives(item);
                return;
        }

        var result = Merge(index >= 0 ? (JsonObject)merged[index]! : [], item, type);
        if (index >= 0)
        {
            merged[index] = result;
        }
        else
        {
            merged.Add(result);
        }
    }

    private static JsonArray MergeValues(JsonArray original, JsonArray patch, JsonArray? order)
    {
        var merged = original.Select(item => item?.DeepClone()).ToList();
        foreach (var item in patch)
        {
            if (!merged.Exists(one => JsonNode.DeepEquals(one, item)))
            {
                merged.Add(item?.DeepClone());
            }
        }

        return order is null ? [.. merged] : ElementOrder.Apply(original, merged, order, null);
    }

    // $setElementOrder may come without the list itself: the elements then only change places.
    private static void ReorderUntouched(JsonObject result, JsonObject patch, TypeSchema? type)
    {
        foreach (var (name, value) in patch)
        {
            if (name.StartsWith(OrderPrefix, StringComparison.Ordinal)
                && name[OrderPrefix.Length..] is var list
                && !patch.ContainsKey(list)
                && result[list] is JsonArray present
                && value is JsonArray order
                && type?.Fields.GetValueOrDefault(list)?.MergeKey is { } key)
            {
                var items = present.Select(item => item?.DeepClone()).ToList();
                result[list] = ElementOrder.Apply(present, items, order, key == "=" ? null : key);
            }
        }
    }

    private static void KeepOnly(JsonObject result, JsonArray? names)
    {
        if (names is null)
        {
            return;
        }

        var kept = names.Select(name => name?.GetValue<string>()).ToHashSet();
        foreach (var name in result.Select(field => field.Key).Where(name => !kept.Contains(name)).ToList())
        {
            _ = result.Remove(name);
        }
    }

    private static void DeleteValues(JsonObject result, string name, JsonArray? values)
    {
        if (result[name] is JsonArray list && values is not null)
        {
            _ = list.RemoveAll(item => values.Any(value => JsonNode.DeepEquals(value, item)));
        }
    }

    private static JsonObject WithoutDirectives(JsonObject patch)
    {
        var result = (JsonObject)patch.DeepClone();
        _ = result.Remove(Directive);
        return result;
    }
}
