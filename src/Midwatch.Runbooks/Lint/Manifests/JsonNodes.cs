using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Lint.Manifests;

/// <summary>What an API server answers, in the form in which manifests are read.</summary>
internal static class JsonNodes
{
    /// <summary>The same value; a null becomes an empty scalar, as in YAML.</summary>
    public static YamlNode Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => new YamlMappingNode(json.EnumerateObject()
            .DistinctBy(member => member.Name)
            .Select(member => KeyValuePair.Create<YamlNode, YamlNode>(
                new YamlScalarNode(member.Name), Read(member.Value)))),
        JsonValueKind.Array => new YamlSequenceNode(json.EnumerateArray().Select(Read)),
        JsonValueKind.String => new YamlScalarNode(json.GetString()),
        JsonValueKind.Null or JsonValueKind.Undefined => new YamlScalarNode(""),
        _ => new YamlScalarNode(json.GetRawText()),
    };
}
