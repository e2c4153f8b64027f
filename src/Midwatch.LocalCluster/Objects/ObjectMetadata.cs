using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>Reading and writing of the metadata that every object has.</summary>
internal static class ObjectMetadata
{
    /// <summary>The object's metadata, made when there is none.</summary>
    public static JsonObject Of(JsonObject body)
    {
        if (body["metadata"] is JsonObject there)
        {
            return there;
        }

        var made = new JsonObject();
        body["metadata"] = made;
        return made;
    }

    public static string? Text(JsonObject body, string field) =>
        (body["metadata"] as JsonObject)?[field] is JsonValue value
            && value.TryGetValue<string>(out var text) ? text : null;

    public static IEnumerable<string> Finalizers(JsonObject body) =>
        (body["metadata"]?["finalizers"] as JsonArray ?? []).OfType<JsonValue>().Select(one => one.ToString());

    public static bool HasFinalizers(JsonObject body) =>
        (body["metadata"] as JsonObject)?["finalizers"] is JsonArray { Count: > 0 };

    public static bool HasFinalizer(JsonObject body, string finalizer) =>
        (body["metadata"] as JsonObject)?["finalizers"] is JsonArray all
            && all.Any(one => one?.GetValue<string>() == finalizer);

    public static void AddFinalizer(JsonObject body, string finalizer)
    {
        if (HasFinalizer(body, finalizer))
        {
            return;
        }

        var metadata = Of(body);
        if (metadata["finalizers"] is not JsonArray all)
        {
            all = [];
            metadata["finalizers"] = all;
        }

        all.Add((JsonNode)finalizer);
    }

    public static void RemoveFinalizer(JsonObject body, string finalizer)
    {
        var metadata = Of(body);
        if (metadata["finalizers"] is not JsonArray all)
        {
            return;
        }

        _ = all.RemoveAll(one => one?.GetValue<string>() == finalizer);
        if (all.Count == 0)
        {
            _ = metadata.Remove("finalizers");
        }
    }

    /// <summary>A label's value, or null.</summary>
    public static string? Label(JsonObject body, string name) =>
        ((body["metadata"] as JsonObject)?["labels"] as JsonObject)?[name]?.GetValue<string>();
}
