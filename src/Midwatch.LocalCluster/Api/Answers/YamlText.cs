using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Api.Answers;

/// <summary>JSON to YAML and back, for clients that ask for or send YAML.</summary>
internal static class YamlText
{
    public static string Write(JsonNode body)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(ToYaml(body))).Save(writer, assignAnchors: false);
        var text = writer.ToString().TrimEnd();

        // YamlDotNet closes the document explicitly; kubectl's YAML does not.
        return (text.EndsWith("\n...", StringComparison.Ordinal) ? text[..^4] : text) + "\n";
    }

    /// <summary>The first document as JSON; null and a sentence when it is no YAML.</summary>
    public static JsonNode? Read(string text, out string error)
    {
        try
        {
            error = "";
            var yaml = new YamlStream();
            yaml.Load(new StringReader(text));
            return yaml.Documents.Count == 0 ? null : ToJson(yaml.Documents[0].RootNode);
        }
        catch (YamlException wrong)
        {
            error = $"error converting YAML to JSON: yaml: line {wrong.Start.Line}: {wrong.Message}";
            return null;
        }
    }

    private static YamlNode ToYaml(JsonNode? node) => node switch
    {
        null => new YamlScalarNode("null"),
        JsonObject body => new YamlMappingNode(
            body.OrderBy(field => field.Key, StringComparer.Ordinal)
                .Select(
                    field => new KeyValuePair<YamlNode, YamlNode>(new YamlScalarNode(field.Key), ToYaml(field.Value)))),
        JsonArray list => new YamlSequenceNode(list.Select(ToYaml)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => new YamlScalarNode(node.ToJsonString()),
    };

    // Text that would read as something else is quoted.
    private static YamlScalarNode Text(string text) =>
        new(text) { Style = NeedsQuotes(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any };

    private static bool NeedsQuotes(string text) =>
        text.Length == 0 || text is "null" or "~" or "true" or "false" or "yes" or "no" or "on" or "off"
        || double.TryParse(text, CultureInfo.InvariantCulture, out _)
        || (text.Length > 9 && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _));

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(
            field => KeyValuePair.Create(((YamlScalarNode)field.Key).Value ?? "", ToJson(field.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => text,
    };
}
