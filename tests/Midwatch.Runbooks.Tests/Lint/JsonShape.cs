using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Tests.Lint;

/// <summary>
/// As much of JSON Schema as our schemas use: <c>$ref</c>, <c>type</c>, <c>enum</c>, <c>const</c>, <c>pattern</c>,
/// <c>minimum</c>, <c>properties</c>, <c>required</c>, <c>additionalProperties: false</c>, <c>items</c>.
/// </summary>
internal static class JsonShape
{
    /// <summary>What of a value does not fit.</summary>
    public static List<string> Faults(JsonNode? value, JsonNode schema)
    {
        var faults = new List<string>();
        Check(value, schema, schema, "$", faults);
        return faults;
    }

    private static void Check(JsonNode? value, JsonNode rule, JsonNode root, string path, List<string> faults)
    {
        if (rule["$ref"] is { } reference)
        {
            rule = root["$defs"]![((string)reference!)["#/$defs/".Length..]]!;
        }

        if (rule["type"] is { } type && !Is(value, (string)type!))
        {
            faults.Add($"{path} is no {type}");
            return;
        }

        if ((rule["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
            || (rule["const"] is { } only && !JsonNode.DeepEquals(only, value)))
        {
            faults.Add($"{path}: {value} is not allowed");
        }

        if (rule["pattern"] is { } pattern && !Regex.IsMatch((string)value!, (string)pattern!))
        {
            faults.Add($"{path}: {value} does not match {pattern}");
        }

        if (rule["minimum"] is { } least && (double)value! < (double)least)
        {
            faults.Add($"{path}: {value} is less than {least}");
        }

        Below(value, rule, root, path, faults);
    }

    private static void Below(JsonNode? value, JsonNode rule, JsonNode root, string path, List<string> faults)
    {
        if (value is JsonArray list && rule["items"] is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Check(list[i], items, root, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), faults);
            }
        }

        if (value is not JsonObject map || rule["properties"] is not JsonObject properties)
        {
            return;
        }

        faults.AddRange((rule["required"] as JsonArray ?? []).Select(name => (string)name!)
            .Where(name => !map.ContainsKey(name)).Select(name => $"{path}.{name} is missing"));
        foreach (var (name, child) in map)
        {
            if (properties[name] is { } property)
            {
                Check(child, property, root, $"{path}.{name}", faults);
            }
            else if ((bool?)rule["additionalProperties"] == false)
            {
                faults.Add($"{path}.{name} is not in the schema");
            }
        }
    }

    private static bool Is(JsonNode? value, string type) => type switch
    {
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "integer" => value?.GetValueKind() == JsonValueKind.Number && (double)value % 1 == 0,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        _ => false,
    };
}
