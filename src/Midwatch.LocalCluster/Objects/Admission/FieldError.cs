using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>One fault of an object, in the words of apimachinery's field errors.</summary>
/// <param name="Field">Where, as "spec.ports[0].port".</param>
/// <param name="Reason">The cause's machine name, as "FieldValueRequired".</param>
/// <param name="Body">What, as "Required value".</param>
internal sealed record FieldError(string Field, string Reason, string Body)
{
    private static readonly JsonSerializerOptions Relaxed =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static FieldError Required(string field, string detail = "") =>
        new(field, "FieldValueRequired", detail.Length == 0 ? "Required value" : $"Required value: {detail}");

    public static FieldError Invalid(string field, JsonNode? value, string detail) =>
        new(field, "FieldValueInvalid", $"Invalid value: {Show(value)}: {detail}");

    public static FieldError NotSupported(string field, JsonNode? value, params ImmutableArray<string> supported)
    {
        var quoted = string.Join(", ", supported.Select(one => $"\"{one}\""));
        return new(field, "FieldValueNotSupported", $"Unsupported value: {Show(value)}: supported values: {quoted}");
    }

    public static FieldError Forbidden(string field, string detail) =>
        new(field, "FieldValueForbidden", $"Forbidden: {detail}");

    public static FieldError Duplicate(string field, string value) =>
        new(field, "FieldValueDuplicate", $"Duplicate value: \"{value}\"");

    public static FieldError NotFound(string field, string value) =>
        new(field, "FieldValueNotFound", $"Not found: \"{value}\"");

    /// <inheritdoc/>
    public override string ToString() => $"{Field}: {Body}";

    private static string Show(JsonNode? value) => value?.ToJsonString(Relaxed) ?? "null";
}
