using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Selection;

/// <summary>A set of requirements on labels, all of which must hold.</summary>
internal sealed record LabelSelector(ImmutableArray<LabelRequirement> Requirements)
{
    public static readonly LabelSelector Everything = new([]);

    public bool Matches(JsonObject? labels) => Requirements.All(one => one.Matches(labels));

    /// <summary>
    /// A meta/v1 LabelSelector (matchLabels, matchExpressions). Null selects nothing, an empty one everything.
    /// </summary>
    public static LabelSelector? FromObject(JsonNode? selector)
    {
        if (selector is not JsonObject body)
        {
            return null;
        }

        var all = ImmutableArray.CreateBuilder<LabelRequirement>();
        foreach (var (key, value) in body["matchLabels"] as JsonObject ?? [])
        {
            all.Add(new LabelRequirement(key, LabelOperator.In, [value?.GetValue<string>() ?? ""]));
        }

        foreach (var expression in (body["matchExpressions"] as JsonArray ?? []).OfType<JsonObject>())
        {
            all.Add(FromExpression(expression));
        }

        return new LabelSelector(all.ToImmutable());
    }

    /// <summary>How kubectl shows a selector: "app=web,tier in (a,b)"; "&lt;none&gt;" for an empty one.</summary>
    public override string ToString() =>
        Requirements.IsEmpty ? "<none>"
            : string.Join(",", Requirements.OrderBy(one => one.Key, StringComparer.Ordinal));

    private static LabelRequirement FromExpression(JsonObject expression)
    {
        ImmutableArray<string> values =
            [.. (expression["values"] as JsonArray ?? []).Select(value => value?.GetValue<string>() ?? "")];
        var how = expression["operator"]?.GetValue<string>() switch
        {
            "In" => LabelOperator.In,
            "NotIn" => LabelOperator.NotIn,
            "Exists" => LabelOperator.Exists,
            _ => LabelOperator.DoesNotExist,
        };
        return new LabelRequirement(expression["key"]?.GetValue<string>() ?? "", how, values);
    }
}
