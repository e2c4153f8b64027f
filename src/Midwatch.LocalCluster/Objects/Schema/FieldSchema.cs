using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>One field of a type; the grammar is told at the top of types.yaml.</summary>
/// <param name="MergeKey">The key by which strategic patches merge the list; "=" merges values; null replaces.</param>
/// <param name="RetainsKeys">Strategic patches honour $retainKeys here.</param>
/// <param name="Default">The value when none is given, as JSON; null for none.</param>
internal sealed record FieldSchema(
    string Name, ValueType Type, bool IsRequired, string? MergeKey, bool RetainsKeys, JsonNode? Default)
{
    /// <summary>Parses the text of a field, as "[Container]@name!" or "int32 =600".</summary>
    public static FieldSchema Parse(string name, string text)
    {
        var equals = text.IndexOf(" =", StringComparison.Ordinal);
        var fallback = equals < 0 ? null : text[(equals + 2)..];
        var type = equals < 0 ? text : text[..equals];
        var required = type.EndsWith('!');
        type = type.TrimEnd('!');
        var retains = type.EndsWith('~') || fallback?.EndsWith('~') == true;
        type = type.TrimEnd('~');
        fallback = fallback?.TrimEnd('~');
        var at = type.IndexOf('@', StringComparison.Ordinal);
        var key = at < 0 ? null : type[(at + 1)..];
        var value = ParseType(at < 0 ? type : type[..at]);
        return new FieldSchema(
            name, value, required, key, retains, fallback is null ? null : ParseDefault(value, fallback));
    }

    private static ValueType ParseType(string text) => text[0] switch
    {
        '[' => new ValueType(text.Trim('[', ']'), ValueShape.List),
        '{' => new ValueType(text.Trim('{', '}'), ValueShape.Map),
        _ => new ValueType(text, ValueShape.One),
    };

    private static JsonNode ParseDefault(ValueType type, string text) => type.Name switch
    {
        _ when text == "{}" => new JsonObject(),
        "int32" or "int64" => long.Parse(text, CultureInfo.InvariantCulture),
        "intOrString" when long.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
        "bool" => bool.Parse(text),
        _ => text,
    };
}
