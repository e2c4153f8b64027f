using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>Holds a value against a structural schema, with the API server's sentences.</summary>
internal static class SchemaChecks
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    public static IEnumerable<FieldError> Check(JsonNode? value, JsonObject schema, string path, bool isRoot = false)
    {
        if (value is null)
        {
            return StructuralSchema.IsNullable(schema) ? [] : [WrongType(path, Expected(schema), null)];
        }

        if (!IsOfType(value, schema))
        {
            return [WrongType(path, Expected(schema), value)];
        }

        IEnumerable<FieldError> own = value switch
        {
            JsonObject map => OfMap(map, schema, path, isRoot),
            JsonArray list => OfList(list, schema, path),
            JsonValue text when text.GetValueKind() == JsonValueKind.String =>
                OfText(text.GetValue<string>(), schema, path),
            JsonValue number when number.GetValueKind() == JsonValueKind.Number => OfNumber(number, schema, path),
            _ => [],
        };
        return own.Concat(OfEnum(value, schema, path)).Concat(SchemaLogic.Check(value, schema, path));
    }

    private static string Expected(JsonObject schema) =>
        StructuralSchema.IsIntOrString(schema) ? "integer,string" : StructuralSchema.Type(schema);

    private static bool IsOfType(JsonNode value, JsonObject schema)
    {
        var kind = value.GetValueKind();
        if (StructuralSchema.IsIntOrString(schema))
        {
            return kind == JsonValueKind.String || IsWhole(value);
        }

        return StructuralSchema.Type(schema) switch
        {
            "object" => kind == JsonValueKind.Object,
            "array" => kind == JsonValueKind.Array,
            "string" => kind == JsonValueKind.String,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "number" => kind == JsonValueKind.Number,
            "integer" => IsWhole(value),
            _ => true,
        };
    }

    private static bool IsWhole(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.Number && double.IsInteger(StructuralSchema.Real(value));

    private static FieldError WrongType(string path, string type, JsonNode? value)
    {
        var shown = value?.GetValueKind() switch
        {
            null => "null",
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => IsWhole(value) ? "integer" : "number",
            _ => "boolean",
        };
        return new FieldError(
            path,
            "FieldValueTypeInvalid",
            $"Invalid value: \"{shown}\": {path} in body must be of type {type}: \"{shown}\"");
    }

    private static IEnumerable<FieldError> OfMap(JsonObject map, JsonObject schema, string path, bool isRoot)
    {
        foreach (var error in Sizes(
            map.Count, StructuralSchema.Whole(schema, "minProperties"), StructuralSchema.Whole(schema, "maxProperties"),
            path, "properties"))
        {
            yield return error;
        }

        foreach (var name in (schema["required"] as JsonArray ?? []).Select(one => one!.ToString()))
        {
            if (!map.ContainsKey(name))
            {
                yield return FieldError.Required(Below(path, name));
            }
        }

        foreach (var (name, value) in map.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            if (!(isRoot && name is "metadata" or "kind" or "apiVersion")
                && StructuralSchema.Field(schema, name) is { } field)
            {
                foreach (var error in Check(value, field, Below(path, name)))
                {
                    yield return error;
                }
            }
        }
    }

    private static IEnumerable<FieldError> OfList(JsonArray list, JsonObject schema, string path)
    {
        foreach (var error in Sizes(
            list.Count, StructuralSchema.Whole(schema, "minItems"), StructuralSchema.Whole(schema, "maxItems"), path,
            "items"))
        {
            yield return error;
        }

        if (schema["items"] is JsonObject item)
        {
            foreach (var error in list.SelectMany((one, at) => Check(
                one, item, $"{path}[{at.ToString(CultureInfo.InvariantCulture)}]")))
            {
                yield return error;
            }
        }

        foreach (var error in Twice(list, schema, path))
        {
            yield return error;
        }
    }

    // Lists that are sets, or maps by keys.
    private static IEnumerable<FieldError> Twice(JsonArray list, JsonObject schema, string path)
    {
        var type = StructuralSchema.Text(schema, "x-kubernetes-list-type");
        var keys = (schema["x-kubernetes-list-map-keys"] as JsonArray ?? []).Select(one => one!.ToString()).ToList();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; type is "set" or "map" && at < list.Count; at++)
        {
            var shown = type == "set" || list[at] is not JsonObject item ? list[at]?.ToJsonString() ?? "null"
                : new JsonObject(keys.Where(item.ContainsKey)
                    .Select(key => KeyValuePair.Create(key, item[key]?.DeepClone()))).ToJsonString();
            if (!seen.Add(shown))
            {
                yield return new FieldError(
                    $"{path}[{at.ToString(CultureInfo.InvariantCulture)}]", "FieldValueDuplicate",
                    $"Duplicate value: {shown}");
            }
        }
    }

    private static IEnumerable<FieldError> Sizes(int count, long? least, long? most, string path, string what)
    {
        if (count > most)
        {
            yield return new FieldError(
                path, "FieldValueTooMany", $"Too many: {count}: must have at most {most} {what}");
        }

        if (count < least)
        {
            yield return FieldError.Invalid(path, count, $"{path} in body should have at least {least} {what}");
        }
    }

    private static IEnumerable<FieldError> OfText(string text, JsonObject schema, string path)
    {
        var length = text.EnumerateRunes().Count();
        if (length > StructuralSchema.Whole(schema, "maxLength"))
        {
            return [new FieldError(path, "FieldValueTooLong",
                $"Too long: may not be more than {StructuralSchema.Whole(schema, "maxLength")} bytes")];
        }

        if (length < StructuralSchema.Whole(schema, "minLength"))
        {
            return [FieldError.Invalid(
                path, text,
                $"{path} in body should be at least {StructuralSchema.Whole(schema, "minLength")} chars long")];
        }

        var pattern = StructuralSchema.Text(schema, "pattern");
        if (pattern.Length > 0 && !IsMatch(pattern, text))
        {
            return [FieldError.Invalid(path, text, $"{path} in body should match '{pattern}'")];
        }

        var format = StructuralSchema.Text(schema, "format");
        return SchemaFormats.Holds(format, text) ? []
            : [FieldError.Invalid(path, text, $"{path} in body must be of type {format}: \"{text}\"")];
    }

    private static bool IsMatch(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, PatternLimit);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static IEnumerable<FieldError> OfNumber(JsonValue value, JsonObject schema, string path)
    {
        var number = StructuralSchema.Real(value);
        if (StructuralSchema.Number(schema, "maximum") is { } most)
        {
            var isOpen = StructuralSchema.Flag(schema, "exclusiveMaximum");
            if (isOpen ? number >= most : number > most)
            {
                yield return FieldError.Invalid(path, value, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path} in body should be less than {(isOpen ? "" : "or equal to ")}{most}"));
            }
        }

        if (StructuralSchema.Number(schema, "minimum") is { } least)
        {
            var isOpen = StructuralSchema.Flag(schema, "exclusiveMinimum");
            if (isOpen ? number <= least : number < least)
            {
                yield return FieldError.Invalid(path, value, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{path} in body should be greater than {(isOpen ? "" : "or equal to ")}{least}"));
            }
        }

        if (StructuralSchema.Number(schema, "multipleOf") is { } step and > 0 && !double.IsInteger(number / step))
        {
            yield return FieldError.Invalid(path, value, string.Create(
                CultureInfo.InvariantCulture, $"{path} in body should be a multiple of {step}"));
        }
    }

    private static IEnumerable<FieldError> OfEnum(JsonNode value, JsonObject schema, string path) =>
        schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value))
            ? [FieldError.NotSupported(path, value, [.. allowed.Select(one => one?.ToString() ?? "null")])] : [];

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
