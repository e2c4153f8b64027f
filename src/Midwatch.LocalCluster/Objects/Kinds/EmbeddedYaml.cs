using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Objects.Kinds;

/// <summary>Reads the data files that are compiled into the program.</summary>
internal static class EmbeddedYaml
{
    /// <param name="name">The file's path below the project, with dots.</param>
    public static YamlNode Read(string name)
    {
        var assembly = typeof(EmbeddedYaml).Assembly;
        using var stream = assembly.GetManifestResourceStream($"Midwatch.LocalCluster.{name}")
            ?? throw new InvalidOperationException($"The data file {name} is not part of this build.");
        using var reader = new StreamReader(stream);
        // The merging parser resolves "<<: *name".
        var yaml = new YamlStream();
        yaml.Load(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(reader)));
        return yaml.Documents[0].RootNode;
    }

    public static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    public static ImmutableArray<string> Texts(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value)
            ? [.. ((YamlSequenceNode)value).Cast<YamlScalarNode>().Select(item => item.Value ?? "")]
            : [];
}
