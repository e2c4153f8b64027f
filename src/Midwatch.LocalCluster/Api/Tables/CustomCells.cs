using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Cells of the columns that a CustomResourceDefinition asks for.</summary>
internal static class CustomCells
{
    public static JsonNode? Of(ColumnDefinition column, string path, JsonObject body, DateTimeOffset now)
    {
        var found = JsonPathQuery.Find(body, path);
        if (found.IsEmpty)
        {
            return null;
        }

        return (column.Type, found[0]) switch
        {
            (_, null) => null,
            ("string", _) => string.Join(' ', found.Select(FieldPath.Text)),
            ("date", var at) => KubernetesTime.Parse(FieldPath.Text(at)) is { } time
                ? HumanDuration.Since(time, now) : "<invalid>",
            ("integer", JsonValue value) when value.GetValueKind() == JsonValueKind.Number =>
                (long)double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture),
            ("number", JsonValue value) when value.GetValueKind() == JsonValueKind.Number => value.DeepClone(),
            ("boolean", JsonValue value) when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False =>
                value.DeepClone(),
            _ => null,
        };
    }
}
