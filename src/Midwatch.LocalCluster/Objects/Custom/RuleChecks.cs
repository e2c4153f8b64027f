using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Admission;
using Midwatch.LocalCluster.Objects.Custom.Cel;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>Holds an object against the rules of its schema.</summary>
internal sealed class RuleChecks(ImmutableArray<CustomRule> rules)
{
    private readonly ILookup<JsonObject, CustomRule> _at =
        rules.ToLookup(rule => rule.At, (IEqualityComparer<JsonObject>)ReferenceEqualityComparer.Instance);

    /// <param name="previous">Null when the object is being made.</param>
    public IEnumerable<FieldError> Check(JsonNode? value, JsonNode? previous, JsonObject schema, string path)
    {
        foreach (var rule in _at[schema])
        {
            if ((!rule.IsOfChange || previous is not null) && Fault(rule, value, previous, path) is { } fault)
            {
                yield return fault;
            }
        }

        foreach (var fault in Below(value, previous, schema, path))
        {
            yield return fault;
        }
    }

    private IEnumerable<FieldError> Below(JsonNode? value, JsonNode? previous, JsonObject schema, string path)
    {
        switch (value)
        {
            case JsonObject map:
                return map.OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Where(one => StructuralSchema.Field(schema, one.Key) is not null)
                    .SelectMany(one => Check(
                        one.Value,
                        (previous as JsonObject)?[one.Key],
                        StructuralSchema.Field(schema, one.Key)!,
                        path.Length == 0 ? one.Key : $"{path}.{one.Key}"));
            case JsonArray list when schema["items"] is JsonObject item:
                return list.SelectMany((one, at) => Check(
                    one,
                    Counterpart(one, previous as JsonArray, schema),
                    item,
                    $"{path}[{at.ToString(CultureInfo.InvariantCulture)}]"));
            default:
                return [];
        }
    }

    // Only items of maps by keys can be told again after a change.
    private static JsonNode? Counterpart(JsonNode? item, JsonArray? previous, JsonObject schema)
    {
        var keys = (schema["x-kubernetes-list-map-keys"] as JsonArray ?? []).Select(one => one!.ToString()).ToList();
        return keys.Count == 0 ? null : previous?.FirstOrDefault(
            one => keys.TrueForAll(key => JsonNode.DeepEquals(one?[key], item?[key])));
    }

    private static FieldError? Fault(CustomRule rule, JsonNode? value, JsonNode? previous, string path)
    {
        var evaluator = new CelEvaluator(ImmutableDictionary<string, object?>.Empty
            .Add("self", CelValues.Of(value)).Add("oldSelf", CelValues.Of(previous)));
        var at = path + rule.FieldPath;
        switch (evaluator.Evaluate(rule.Expression!))
        {
            case true:
                return null;
            case CelError error:
                return Invalid(at, value, $"{error.Message} evaluating rule: {Said(rule, evaluator)}");
            default:
                var said = Said(rule, evaluator);
                return rule.Reason switch
                {
                    "FieldValueForbidden" => FieldError.Forbidden(at, said),
                    "FieldValueRequired" => FieldError.Required(at, said),
                    "FieldValueDuplicate" => new FieldError(
                        at, "FieldValueDuplicate", $"Duplicate value: {value?.ToJsonString()}: {said}"),
                    _ => Invalid(at, value, said),
                };
        }
    }

    private static string Said(CustomRule rule, CelEvaluator evaluator) =>
        rule.MessageExpression is { } words && evaluator.Evaluate(words) is string { Length: > 0 } said ? said
        : rule.Message.Length > 0 ? rule.Message : $"failed rule: {rule.Text.Trim()}";

    // Whole objects are not shown.
    private static FieldError Invalid(string path, JsonNode? value, string detail) =>
        value is JsonObject or JsonArray
            ? new FieldError(Shown(path), "FieldValueInvalid", $"Invalid value: {detail}")
            : FieldError.Invalid(Shown(path), value, detail);

    private static string Shown(string path) => path.Length == 0 ? "<nil>" : path;
}
