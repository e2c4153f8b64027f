using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Faults;

/// <summary>Looks up fields of YAML mappings by name.</summary>
internal static class YamlFields
{
    public static YamlNode? At(this YamlMappingNode map, string field) =>
        map.Children.TryGetValue(new YamlScalarNode(field), out var value) ? value : null;
}
