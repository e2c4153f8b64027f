using System.Collections.Immutable;
using Midwatch.LocalCluster.Objects.Kinds.Conversions;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Objects.Kinds;

/// <summary>All kinds served, read from the embedded kinds.yaml.</summary>
internal sealed class KindCatalog
{
    /// <summary>The kinds that come with Midwatch.</summary>
    public static readonly KindCatalog Embedded = new(EmbeddedYaml.Read("Objects.Kinds.kinds.yaml"));

    private readonly Dictionary<(string Group, string Plural), KindDefinition> _byPlural;

    private KindCatalog(YamlNode root)
    {
        All = [.. ((YamlSequenceNode)root).Cast<YamlMappingNode>().SelectMany(ReadGroup)];
        _byPlural = All.Where(kind => kind.Conversion is null).ToDictionary(kind => (kind.Group, kind.Plural));
        Groups = [.. All.Select(kind => (kind.Group, kind.Version)).Distinct()];
    }

    /// <summary>All kinds in all their versions.</summary>
    public ImmutableArray<KindDefinition> All { get; }

    /// <summary>Every group with its one version, in the order of discovery.</summary>
    public ImmutableArray<(string Group, string Version)> Groups { get; }

    /// <summary>The kind in the version in which its objects are kept.</summary>
    public KindDefinition? Find(string group, string plural) => _byPlural.GetValueOrDefault((group, plural));

    private static IEnumerable<KindDefinition> ReadGroup(YamlMappingNode node)
    {
        var group = EmbeddedYaml.Text(node, "group") ?? "";
        var version = EmbeddedYaml.Text(node, "version") ?? "v1";
        return ((YamlSequenceNode)node.Children["kinds"]).Cast<YamlMappingNode>()
            .Select(kind => ReadKind(group, version, kind));
    }

    private static KindDefinition ReadKind(string group, string version, YamlMappingNode node)
    {
        var name = EmbeddedYaml.Text(node, "kind")!;
        return new KindDefinition(
            group,
            version,
            EmbeddedYaml.Text(node, "plural")!,
            EmbeddedYaml.Text(node, "singular") ?? KindName.Lower(name),
            name,
            EmbeddedYaml.Text(node, "cluster") != "true",
            EmbeddedYaml.Texts(node, "short"),
            EmbeddedYaml.Texts(node, "categories"),
            EmbeddedYaml.Texts(node, "subresources"),
            EmbeddedYaml.Texts(node, "fields"),
            [.. EmbeddedYaml.Texts(node, "columns").Select(ColumnDefinition.Parse)])
        {
            Verbs = EmbeddedYaml.Texts(node, "verbs"),
            Type = EmbeddedYaml.Text(node, "type") ?? name,
            StoredGroup = EmbeddedYaml.Text(node, "stored") ?? group,
            Conversion = EmbeddedYaml.Text(node, "conversion") is { } conversion
                ? KindConversion.Named(conversion) : null,
        };
    }
}
