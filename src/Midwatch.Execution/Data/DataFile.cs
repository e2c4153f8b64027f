using System.Collections.Immutable;
using System.Reflection;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Execution.Data;

/// <summary>The data files that are compiled into this assembly.</summary>
internal static class DataFile
{
    /// <summary>Reads a file of this folder.</summary>
    /// <param name="name">Its name, such as <c>steps.yaml</c>.</param>
    public static YamlMappingNode Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new FileNotFoundException($"{name} is not compiled into the program.");
        using var reader = new StreamReader(stream);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>The entries of a mapping by their keys; empty when the mapping has no such field.</summary>
    public static IEnumerable<(string Key, YamlNode Value)> Entries(this YamlMappingNode map, string field) =>
        map.Children.TryGetValue(field, out var node) && node is YamlMappingNode entries
            ? entries.Children.Select(entry => (entry.Key.ToString(), entry.Value))
            : [];

    /// <summary>The texts of a list; empty when the mapping has no such field.</summary>
    public static ImmutableArray<string> Texts(this YamlMappingNode map, string field) =>
        map.Children.TryGetValue(field, out var node) && node is YamlSequenceNode list
            ? [.. list.Children.Select(item => item.ToString())]
            : [];

    /// <summary>A text; null when the mapping has no such field.</summary>
    public static string? Text(this YamlMappingNode map, string field) =>
        map.Children.TryGetValue(field, out var node) ? node.ToString() : null;
}
