using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Midwatch.Execution.Inspection;

/// <summary>Reads fields of API objects that may not be there. Absent and wrongly typed read the same.</summary>
internal static class Fields
{
    public static JsonElement At(this JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return default;
            }
        }

        return json;
    }

    public static string? Text(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Number(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    public static bool IsTrue(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path).ValueKind == JsonValueKind.True;

    public static IEnumerable<JsonElement> Items(this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static DateTimeOffset? Time(this JsonElement json, params ReadOnlySpan<string> path) =>
        DateTimeOffset.TryParse(json.Text(path), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var time)
            ? time : null;

    public static ImmutableSortedDictionary<string, string> Map(
        this JsonElement json, params ReadOnlySpan<string> path) =>
        json.At(path) is { ValueKind: JsonValueKind.Object } map
            ? map.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.String)
                .ToImmutableSortedDictionary(member => member.Name, member => member.Value.GetString() ?? "",
                    StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal);

    public static string Name(this JsonElement json) => json.Text("metadata", "name") ?? "";

    public static string? Namespace(this JsonElement json) => json.Text("metadata", "namespace");

    /// <summary>Kinds and states as observations write them.</summary>
    public static string Lower(this string text) =>
        string.Create(text.Length, text, (into, from) => from.AsSpan().ToLowerInvariant(into));

    /// <summary>The condition of that type; an undefined element when there is none.</summary>
    public static JsonElement Condition(this JsonElement json, string type) =>
        json.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == type);

    /// <summary>Whether a selector's <c>matchLabels</c>, or a Service's plain map, matches the labels.</summary>
    public static bool IsIn(
        this ImmutableSortedDictionary<string, string> selector, ImmutableSortedDictionary<string, string> labels) =>
        !selector.IsEmpty && selector.All(pair => labels.GetValueOrDefault(pair.Key) == pair.Value);
}
