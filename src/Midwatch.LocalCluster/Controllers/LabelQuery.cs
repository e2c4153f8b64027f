using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>A LabelSelector object (matchLabels and matchExpressions) or a plain label map, as a predicate.</summary>
internal sealed class LabelQuery
{
    private readonly ImmutableArray<KeyValuePair<string, string>> _equal;
    private readonly ImmutableArray<JsonObject> _expressions;

    private LabelQuery(
        ImmutableArray<KeyValuePair<string, string>> equal, ImmutableArray<JsonObject> expressions)
    {
        _equal = equal;
        _expressions = expressions;
    }

    /// <summary>An empty selector selects nothing in a workload, so callers must ask before they match.</summary>
    public bool IsEmpty => _equal.IsEmpty && _expressions.IsEmpty;

    public static LabelQuery OfSelector(JsonNode? selector) =>
        new([.. selector.Map("matchLabels")], [.. selector.Items("matchExpressions")]);

    public static LabelQuery OfMap(JsonNode? labels) => new([.. labels.Map()], []);

    public bool Matches(JsonObject body)
    {
        var labels = body.At("metadata", "labels");
        return _equal.All(pair => string.Equals(labels.Text(pair.Key), pair.Value, StringComparison.Ordinal))
            && _expressions.All(expression => Holds(expression, labels.Text(expression.Text("key") ?? "")));
    }

    /// <summary>One requirement against one value; shared with node affinity, which adds Gt and Lt.</summary>
    public static bool Holds(JsonObject expression, string? value)
    {
        var values = expression.At("values") is JsonArray list ? list.Select(item => item.Text() ?? "") : [];
        return expression.Text("operator") switch
        {
            "In" => value is not null && values.Contains(value, StringComparer.Ordinal),
            "NotIn" => value is null || !values.Contains(value, StringComparer.Ordinal),
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            "Gt" => Compare(value, values) > 0,
            "Lt" => Compare(value, values) < 0,
            _ => false,
        };
    }

    private static int Compare(string? value, IEnumerable<string> bounds) =>
        long.TryParse(value, out var number) && long.TryParse(bounds.FirstOrDefault(), out var bound)
            ? number.CompareTo(bound)
            : 0;
}
