using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Custom.Cel;

/// <summary>
/// Values of the expression language: long, double, bool, string, null, time, duration, JSON objects, and lists.
/// </summary>
internal static class CelValues
{
    public static object? Of(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => map,
        JsonArray list => list.Select(Of).ToList(),
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number when long.TryParse(
                node.ToJsonString(), CultureInfo.InvariantCulture, out var whole) => whole,
            JsonValueKind.Number => double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
            _ => null,
        },
    };

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        List<object?> list => new JsonArray([.. list.Select(ToJson)]),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        bool flag => JsonValue.Create(flag),
        _ => JsonValue.Create(ToText(value)),
    };

    public static string ToText(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => KubernetesTime.Format(time),
        TimeSpan span => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds}s"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => ToJson(value)?.ToJsonString() ?? "null",
    };

    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (long or double, long or double) => Number(left).Equals(Number(right)),
        (JsonObject one, JsonObject other) => one.Count == other.Count && one.All(
            pair => other.TryGetPropertyValue(pair.Key, out var there) && Same(Of(pair.Value), Of(there))),
        (List<object?> one, List<object?> other) =>
            one.Count == other.Count && one.Zip(other).All(pair => Same(pair.First, pair.Second)),
        _ => Equals(left, right),
    };

    /// <summary>Less than, equal or greater; null when the two cannot be compared.</summary>
    public static int? Compare(object? left, object? right) => (left, right) switch
    {
        (long one, long other) => one.CompareTo(other),
        (long or double, long or double) => Number(left).CompareTo(Number(right)),
        (string one, string other) => string.CompareOrdinal(one, other),
        (bool one, bool other) => one.CompareTo(other),
        (DateTimeOffset one, DateTimeOffset other) => one.CompareTo(other),
        (TimeSpan one, TimeSpan other) => one.CompareTo(other),
        _ => null,
    };

    public static double Number(object? value) => value switch
    {
        long whole => whole,
        double real => real,
        _ => double.NaN,
    };

    public static string TypeName(object? value) => value switch
    {
        null => "null_type",
        long => "int",
        double => "double",
        bool => "bool",
        string => "string",
        JsonObject => "map",
        List<object?> => "list",
        DateTimeOffset => "google.protobuf.Timestamp",
        TimeSpan => "google.protobuf.Duration",
        _ => "dyn",
    };
}
