using YamlDotNet.RepresentationModel;

namespace Midwatch.Systems.Tests.Running;

/// <summary>The systems of this clone: whatever folder has a <c>system.yaml</c>.</summary>
internal static class ReferenceSystems
{
    private static readonly string Root = Path.Combine(Repository.Root, "systems");

    internal static IEnumerable<string> Names => Directory.EnumerateDirectories(Root)
        .Where(folder => File.Exists(Path.Combine(folder, "system.yaml")))
        .Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    internal static string Folder(string system, params string[] parts) => Path.Combine([Root, system, .. parts]);

    /// <summary>A system's own faults, as they stand in its <c>faults.yaml</c>.</summary>
    internal static IEnumerable<YamlMappingNode> Faults(string system) => List(system, "faults");

    /// <summary>The headings of its document that have a command and no fault, with the reasons.</summary>
    internal static IReadOnlyCollection<YamlMappingNode> WithoutFault(string system) => List(system, "noFault");

    private static YamlMappingNode[] List(string system, string name)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(Folder(system, "faults.yaml"))));
        return ((YamlMappingNode)stream.Documents[0].RootNode).Children.TryGetValue(name, out var list)
            ? [.. ((YamlSequenceNode)list).Children.Cast<YamlMappingNode>()]
            : [];
    }
}
