using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Kinds;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Builds meta/v1 Tables, which is what kubectl get shows.</summary>
internal sealed class TableBuilder(TimeProvider time)
{
    /// <param name="version">"v1" or "v1beta1", as the client accepts.</param>
    /// <param name="isFirst">Later tables of one watch leave the column definitions out.</param>
    public JsonObject Build(
        KindDefinition kind, IEnumerable<JsonObject> objects, JsonObject metadata, string version, RowObject included,
            bool isFirst)
    {
        var table = new JsonObject
        {
            ["kind"] = "Table",
            ["apiVersion"] = $"meta.k8s.io/{version}",
            ["metadata"] = metadata,
            ["columnDefinitions"] = isFirst ? Definitions(kind.Columns) : null,
            ["rows"] = new JsonArray([.. objects.Select(body => Row(kind, body, version, included))]),
        };
        return table;
    }

    private JsonObject Row(KindDefinition kind, JsonObject body, string version, RowObject included)
    {
        var now = time.GetUtcNow();

        // Cells are made of the object as it is kept, in whatever version it is shown.
        var kept = kind.Conversion is null ? body : kind.Stored((JsonObject)body.DeepClone());
        var row =
            new JsonObject { ["cells"] = new JsonArray([.. kind.Columns.Select(column => Cell(column, kept, now))]) };
        row["object"] = included switch
        {
            RowObject.Whole => body.DeepClone(),
            RowObject.Metadata => PartialMetadata(body, version),
            _ => null,
        };
        return row;
    }

    /// <summary>An object's metadata alone, as a PartialObjectMetadata.</summary>
    public static JsonObject PartialMetadata(JsonObject body, string version) => new()
    {
        ["kind"] = "PartialObjectMetadata",
        ["apiVersion"] = $"meta.k8s.io/{version}",
        ["metadata"] = body["metadata"]?.DeepClone(),
    };

    private static JsonArray Definitions(ImmutableArray<ColumnDefinition> columns) =>
    [
        .. columns.Select(column => new JsonObject
        {
            ["name"] = column.Name,
            ["type"] = column.Type,
            ["format"] = column.Format,
            ["description"] = column.Description,
            ["priority"] = column.IsWide ? 1 : 0,
        }),
    ];

    private static JsonNode? Cell(ColumnDefinition column, JsonObject body, DateTimeOffset now)
    {
        if (column.Value.Split(' ', 2) is ["jsonpath" or "date", var query])
        {
            return CustomCells.Of(column, query, body, now);
        }

        var (how, fallback) = column.Value.Split(" or ") is [var value, var other] ? (value, other)
            : (column.Value, "");
        if (how.StartsWith('('))
        {
            return CellFunctions.Evaluate(how.Trim('(', ')'), body, now);
        }

        if (how.Split(' ') is not [var function, var path])
        {
            return Plain(FieldPath.Read(body, how), fallback, column.IsInteger);
        }

        return function switch
        {
            "age" => FieldPath.Read(body, path) is { } at
                ? HumanDuration.Since(KubernetesTime.Parse(FieldPath.Text(at)), now)
                : fallback.Length > 0 ? fallback : "<unknown>",
            "count" => (FieldPath.Read(body, path) as JsonArray)?.Count ?? 0,
            "join" => string.Join(',', FieldPath.ReadAll(body, path)),
            "selector" => LabelSelector.FromObject(FieldPath.Read(body, path))?.ToString() ?? "<none>",
            "labels" => Labels(FieldPath.Read(body, path) as JsonObject),
            _ => throw new FormatException(
                $"kinds.yaml: '{column.Value}' uses '{function}', which is no way to make a cell."),
        };
    }

    private static JsonNode? Plain(JsonNode? value, string fallback, bool isInteger)
    {
        if (isInteger)
        {
            return value?.DeepClone() ?? (long.TryParse(fallback, out var number) ? number : 0);
        }

        var text = FieldPath.Text(value);
        return text.Length > 0 ? text : fallback;
    }

    private static string Labels(JsonObject? labels) =>
        labels is not { Count: > 0 }
            ? "<none>"
            : string.Join(',', labels.OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => $"{one.Key}={FieldPath.Text(one.Value)}"));
}
