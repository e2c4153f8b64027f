using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Patching;

/// <summary>JSON patch (RFC 6902), all or nothing.</summary>
internal static class JsonPatch
{
    public static PatchResult Apply(JsonObject target, JsonNode? patch)
    {
        if (patch is not JsonArray operations)
        {
            var what = patch is JsonObject ? "object" : "value";
            return new PatchResult.Malformed(
                $"error decoding patch: json: cannot unmarshal {what} into Go value of type []handlers.jsonPatchOp");
        }

        JsonNode? document = target.DeepClone();
        foreach (var operation in operations)
        {
            if (operation is not JsonObject step || !TryApply(ref document, step))
            {
                return new PatchResult.DoesNotApply();
            }
        }

        return document is null ? new PatchResult.DoesNotApply() : new PatchResult.Patched(document);
    }

    private static bool TryApply(ref JsonNode? document, JsonObject step)
    {
        if (Pointer(step, "path") is not { } path)
        {
            return false;
        }

        switch (step["op"]?.GetValue<string>())
        {
            case "add":
                return step.ContainsKey("value") && TryAdd(ref document, path, step["value"]?.DeepClone());
            case "remove":
                return TryRemove(document, path);
            case "replace":
                return step.ContainsKey("value") && TryReplace(ref document, path, step["value"]?.DeepClone());
            case "test":
                return JsonPointer.TryFind(document, path, out var found) && JsonNode.DeepEquals(found, step["value"]);
            case "copy":
                return Pointer(step, "from") is { } source
                    && JsonPointer.TryFind(document, source, out var original)
                    && TryAdd(ref document, path, original?.DeepClone());
            case "move":
                return Pointer(step, "from") is { } from
                    && JsonPointer.TryFind(document, from, out var moved)
                    && TryRemove(document, from)
                    && TryAdd(ref document, path, moved?.DeepClone());
            default:
                return false;
        }
    }

    private static string[]? Pointer(JsonObject step, string name) =>
        step[name] is JsonValue value && value.TryGetValue<string>(out var text) ? JsonPointer.Split(text) : null;

    private static bool TryAdd(ref JsonNode? document, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            document = value;
            return true;
        }

        if (!JsonPointer.TryFind(document, path.AsSpan(..^1), out var parent))
        {
            return false;
        }

        switch (parent)
        {
            case JsonObject body:
                body[path[^1]] = value;
                return true;
            case JsonArray list when JsonPointer.Index(list, path[^1], mayAppend: true) is { } index:
                list.Insert(index, value);
                return true;
            default:
                return false;
        }
    }

    private static bool TryRemove(JsonNode? document, string[] path)
    {
        if (path.Length == 0 || !JsonPointer.TryFind(document, path.AsSpan(..^1), out var parent))
        {
            return false;
        }

        switch (parent)
        {
            case JsonObject body:
                return body.Remove(path[^1]);
            case JsonArray list when JsonPointer.Index(list, path[^1], mayAppend: false) is { } index:
                list.RemoveAt(index);
                return true;
            default:
                return false;
        }
    }

    private static bool TryReplace(ref JsonNode? document, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            document = value;
            return true;
        }

        if (!JsonPointer.TryFind(document, path, out _)
            || !JsonPointer.TryFind(document, path.AsSpan(..^1), out var parent))
        {
            return false;
        }

        if (parent is JsonArray list && JsonPointer.Index(list, path[^1], mayAppend: false) is { } index)
        {
            list[index] = value;
        }
        else if (parent is JsonObject body)
        {
            body[path[^1]] = value;
        }

        return true;
    }
}
