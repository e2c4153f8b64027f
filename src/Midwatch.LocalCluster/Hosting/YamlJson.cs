using System.Buffers;
using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// YAML nodes as JSON, with the scalar types that Kubernetes' own reader (sigs.k8s.io/yaml) gives them.
/// </summary>
internal static class YamlJson
{
    // Only what looks like a decimal number: "1e3" is one, "infinity" and "1_000" are not.
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.eE+-");

    public static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => Convert(map),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode scalar => Convert(scalar),
        _ => null,
    };

    private static JsonObject Convert(YamlMappingNode map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.Children)
        {
            result[(key as YamlScalarNode)?.Value ?? key.ToString()] = Convert(value);
        }

        return result;
    }

    private static JsonValue? Convert(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain)
        {
            return JsonValue.Create(text);
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            // sigs.k8s.io/yaml reads YAML 1.1 booleans in their long forms.
            "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
            "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
            _ => Number(text) ?? JsonValue.Create(text),
        };
    }

    private static JsonValue? Number(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return JsonValue.Create(whole);
        }

        return text.AsSpan().IndexOfAnyExcept(NumberCharacters) < 0
            && text.AsSpan().IndexOfAnyInRange('0', '9') >= 0
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                ? JsonValue.Create(real)
                : null;
    }
}
