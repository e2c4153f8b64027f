using System.Collections.Immutable;
using Midwatch.LocalCluster.Objects.Kinds;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>Everything that discovery tells of, stored kinds and computed ones.</summary>
internal static class DiscoveryList
{
    private static readonly ImmutableArray<string> StoredVerbs =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public static ImmutableArray<DiscoveredResource> Read(KindCatalog kinds)
    {
        var subresources = Rows("Api.Discovery.subresources.yaml").ToDictionary(row => EmbeddedYaml.Text(row, "name")!);
        return
        [
            .. kinds.All.SelectMany(kind => OfKind(kind, subresources)),
            .. Rows("Api.Discovery.virtual.yaml").Select(Virtual),
        ];
    }

    private static IEnumerable<YamlMappingNode> Rows(string file) =>
        ((YamlSequenceNode)EmbeddedYaml.Read(file)).Cast<YamlMappingNode>();

    private static IEnumerable<DiscoveredResource> OfKind(
        KindDefinition kind, Dictionary<string, YamlMappingNode> subresources)
    {
        // Namespaces cannot be deleted by the dozen.
        var verbs = kind.Plural == "namespaces" ? StoredVerbs.Remove("deletecollection") : StoredVerbs;
        yield return new DiscoveredResource(
            kind.Group, kind.Version, kind.Plural, kind.Singular, kind.Kind, "", "", kind.IsNamespaced, verbs,
                kind.ShortNames, kind.Categories);
        foreach (var name in kind.Subresources)
        {
            var row = subresources[name];
            yield return new DiscoveredResource(
                kind.Group,
                kind.Version,
                $"{kind.Plural}/{name}",
                "",
                KindOf(kind, name, row),
                EmbeddedYaml.Text(row, "group") ?? "",
                EmbeddedYaml.Text(row, "version") ?? "",
                kind.IsNamespaced,
                EmbeddedYaml.Texts(row, "verbs"),
                [],
                []);
        }
    }

    private static string KindOf(KindDefinition kind, string subresource, YamlMappingNode row) =>
        subresource == "proxy" ? $"{kind.Kind}ProxyOptions" : EmbeddedYaml.Text(row, "kind") ?? kind.Kind;

    private static DiscoveredResource Virtual(YamlMappingNode row)
    {
        var kind = EmbeddedYaml.Text(row, "kind")!;
        return new DiscoveredResource(
            EmbeddedYaml.Text(row, "group")!,
            EmbeddedYaml.Text(row, "version")!,
            EmbeddedYaml.Text(row, "plural")!,
            kind.EndsWith("Metrics", StringComparison.Ordinal) ? "" : KindName.Lower(kind),
            kind,
            "",
            "",
            EmbeddedYaml.Text(row, "cluster") != "true",
            EmbeddedYaml.Texts(row, "verbs"),
            [],
            []);
    }
}
