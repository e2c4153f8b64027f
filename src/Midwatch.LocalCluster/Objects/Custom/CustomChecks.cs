using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>All faults of an object of a custom kind: its schema, its numbers of replicas, its rules.</summary>
internal static class CustomChecks
{
    // With one of these the rules could be asked of what is not there.
    private static readonly ImmutableArray<string> Blocking =
        ["FieldValueNotSupported", "FieldValueRequired", "FieldValueTooLong", "FieldValueTooMany",
            "FieldValueTypeInvalid"];

    public static IEnumerable<FieldError> Check(CustomKind kind, JsonObject body, JsonObject? previous)
    {
        var errors = SchemaChecks.Check(body, kind.Schema, "", isRoot: true).ToList();
        if (kind.Scale is { } scale)
        {
            errors.AddRange(Replicas(body, scale.Spec));
            errors.AddRange(Replicas(body, scale.Status));
        }

        if (kind.Rules.IsEmpty)
        {
            return errors;
        }

        if (errors.Exists(one => Blocking.Contains(one.Reason)))
        {
            errors.Add(new FieldError(
                "<nil>", "FieldValueInvalid", "Invalid value: null: some validation rules were not checked because "
                + "the object was invalid; correct the existing errors to complete validation"));
            return errors;
        }

        return errors.Concat(new RuleChecks(kind.Rules).Check(body, previous, kind.Schema, ""));
    }

    private static IEnumerable<FieldError> Replicas(JsonObject body, string path)
    {
        JsonNode? at = body;
        foreach (var name in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            at = (at as JsonObject)?[name];
        }

        if (at is null)
        {
            yield break;
        }

        if (at.GetValueKind() != JsonValueKind.Number)
        {
            var type = at.GetValueKind() switch
            {
                JsonValueKind.String => "string",
                JsonValueKind.Object => "map[string]interface {}",
                JsonValueKind.Array => "[]interface {}",
                _ => "bool",
            };
            yield return FieldError.Invalid(
                path, 0, $"{path} accessor error: {at} is of the type {type}, expected int64");
        }
        else if (StructuralSchema.Real(at) is var number && (number < 0 || number > int.MaxValue))
        {
            yield return FieldError.Invalid(path, at, number < 0 ? "should be a non-negative integer"
                : $"should be less than or equal to {int.MaxValue}");
        }
    }
}
