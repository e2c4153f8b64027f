using System.Globalization;
using System.Text.Json.Nodes;

namespace Reference.StateMetrics;

/// <summary>Reading objects of the API without a type for each.</summary>
internal static class JsonPath
{
    public static string Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path)?.ToString() ?? "";

    public static double Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        double.TryParse(node.Text(path), CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray items ? items.OfType<JsonObject>() : [];

    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = (node as JsonObject)?[part];
        }

        return node;
    }
}
