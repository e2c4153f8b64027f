using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Effects.Files;

/// <summary>
/// Holds YAML against <c>effects.schema.json</c>, the schema that is published in <c>docs/reference/schemas</c>: the
/// part of JSON Schema that it uses, with the line and column of what does not fit.
/// </summary>
internal sealed class EffectSchema
{
    private const string Resource = "Effects/Data/effects.schema.json";
    private const string References = "#/$defs/";
    private readonly JsonElement _root;

    public EffectSchema()
    {
        using var stream = typeof(EffectSchema).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"There is no data file '{Resource}'.");
        using var document = JsonDocument.Parse(stream);
        _root = document.RootElement.Clone();
    }

    /// <summary>What does not fit; empty when all does.</summary>
    public IEnumerable<EffectFileProblem> Check(YamlNode node, string path) => Check(node, _root, path);

    private IEnumerable<EffectFileProblem> Check(YamlNode node, JsonElement schema, string path)
    {
        schema = Resolved(schema);
        if (schema.TryGetProperty("anyOf", out var ways) && !schema.TryGetProperty("properties", out _))
        {
            return ways.EnumerateArray().Any(way => !Check(node, way, path).Any())
                ? []
                : [Problem(node, path, "A text or a list of texts belongs here.")];
        }

        return schema.TryGetProperty("enum", out var words)
            ? CheckWord(node, words, path)
            : schema.GetProperty("type").GetString() switch
            {
                "object" => CheckMap(node, schema, path),
                "array" => CheckList(node, schema, path),
                var scalar => CheckScalar(node, scalar, schema, path),
            };
    }

    private JsonElement Resolved(JsonElement schema) => schema.TryGetProperty("$ref", out var reference)
        ? _root.GetProperty("$defs").GetProperty(reference.GetString()![References.Length..])
        : schema;

    private IEnumerable<EffectFileProblem> CheckMap(YamlNode node, JsonElement schema, string path)
    {
        if (node is not YamlMappingNode map)
        {
            return [Problem(node, path, "A mapping belongs here.")];
        }

        return [.. Missing(map, schema, path), .. map.Children.SelectMany(pair => CheckEntry(pair, schema, path))];
    }

    private IEnumerable<EffectFileProblem> CheckEntry(
        KeyValuePair<YamlNode, YamlNode> pair, JsonElement schema, string path)
    {
        var key = (pair.Key as YamlScalarNode)?.Value ?? "";
        if (schema.TryGetProperty("properties", out var properties))
        {
            return properties.TryGetProperty(key, out var known)
                ? Check(pair.Value, known, path)
                : [Problem(pair.Key, path, $"'{key}' is not known here; there are {Names(properties)}.")];
        }

        return Check(pair.Value, schema.GetProperty("additionalProperties"), path);
    }

    private static IEnumerable<EffectFileProblem> Missing(YamlMappingNode map, JsonElement schema, string path)
    {
        bool Has(string key) => map.Children.Keys.Any(each => each is YamlScalarNode scalar && scalar.Value == key);
        bool HasAll(JsonElement keys) => keys.EnumerateArray().All(key => Has(key.GetString()!));
        if (schema.TryGetProperty("required", out var required) && !HasAll(required))
        {
            yield return Problem(map, path, $"It needs {string.Join(", ", required.EnumerateArray())}.");
        }

        if (schema.TryGetProperty("anyOf", out var ways)
            && !ways.EnumerateArray().Any(way => HasAll(way.GetProperty("required"))))
        {
            var names = ways.EnumerateArray().SelectMany(way => way.GetProperty("required").EnumerateArray());
            yield return Problem(map, path, $"It needs {string.Join(" or ", names)}.");
        }

        if (schema.TryGetProperty("dependentRequired", out var dependent))
        {
            foreach (var rule in dependent.EnumerateObject().Where(rule => Has(rule.Name) && !HasAll(rule.Value)))
            {
                yield return Problem(
                    map, path, $"With '{rule.Name}' it needs {string.Join(", ", rule.Value.EnumerateArray())}.");
            }
        }
    }

    private IEnumerable<EffectFileProblem> CheckList(YamlNode node, JsonElement schema, string path) =>
        node is YamlSequenceNode list
            ? list.Children.SelectMany(child => Check(child, schema.GetProperty("items"), path))
            : [Problem(node, path, "A list belongs here.")];

    private static IEnumerable<EffectFileProblem> CheckWord(YamlNode node, JsonElement words, string path)
    {
        var names = words.EnumerateArray().Select(word => word.GetString()).ToList();
        return node is YamlScalarNode { Value: { } value } && names.Contains(value)
            ? []
            : [Problem(node, path, $"'{node}' is none of {string.Join(", ", names)}.")];
    }

    private static IEnumerable<EffectFileProblem> CheckScalar(
        YamlNode node, string? type, JsonElement schema, string path)
    {
        var value = (node as YamlScalarNode)?.Value;
        var wrong = type switch
        {
            _ when value is null => "A text belongs here.",
            "boolean" when value is not ("true" or "false") => $"'{value}' is neither true nor false.",
            "integer" when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
                $"'{value}' is no number.",
            _ when schema.TryGetProperty("format", out _) => Pattern(value),
            _ => null,
        };
        return wrong is null ? [] : [Problem(node, path, wrong)];
    }

    private static string? Pattern(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return $"'{text}' is no expression that can be used: {wrong.Message}";
        }
    }

    private static string Names(JsonElement properties) =>
        string.Join(", ", properties.EnumerateObject().Select(property => property.Name));

    private static EffectFileProblem Problem(YamlNode node, string path, string message) =>
        new(path, (int)node.Start.Line, (int)node.Start.Column, message);
}
