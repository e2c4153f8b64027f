using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Midwatch.LocalCluster.Objects.Kinds;
using YamlDotNet.RepresentationModel;

namespace Midwatch.LocalCluster.Api.Discovery;

/// <summary>Everything that discovery tells of, stored kinds and computed ones.</summary>
internal static class DiscoveryList
{
    // As the API server's priorities have it; definitions and metrics come after them.
    private static readonly ImmutableArray<string> GroupOrder =
    [
        "", "apiregistration.k8s.io", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io",
        "autoscaling", "batch", "certificates.k8s.io", "networking.k8s.io", "policy", "rbac.authorization.k8s.io",
        "storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io",
        "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "resource.k8s.io", "flowcontrol.apiserver.k8s.io",
    ];

    private static readonly ImmutableArray<string> StoredVerbs =
        ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    private static readonly ImmutableArray<string> CustomVerbs =
        ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];

    public static ImmutableArray<DiscoveredResource> Read(ImmutableArray<KindDefinition> kinds)
    {
        var subresources = Rows("Api.Discovery.subresources.yaml").ToDictionary(row => EmbeddedYaml.Text(row, "name")!);
        return
        [
            .. kinds.SelectMany(kind => OfKind(kind, subresources))
                .Concat(Rows("Api.Discovery.virtual.yaml").Select(Virtual))
                .OrderBy(one => GroupOrder.IndexOf(one.Group) is var at and >= 0 ? at : int.MaxValue)
                .ThenBy(one => one.Name.Split('/')[0], StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<YamlMappingNode> Rows(string file) =>
        ((YamlSequenceNode)EmbeddedYaml.Read(file)).Cast<YamlMappingNode>();

    private static IEnumerable<DiscoveredResource> OfKind(
        KindDefinition kind, Dictionary<string, YamlMappingNode> subresources)
    {
        // Namespaces cannot be deleted by the dozen.
        var verbs = kind.Custom is not null ? CustomVerbs
            : !kind.Verbs.IsEmpty ? kind.Verbs
            : kind.Plural == "namespaces" ? StoredVerbs.Remove("deletecollection") : StoredVerbs;
        yield return new DiscoveredResource(
            kind.Group, kind.Version, kind.Plural, kind.Singular, kind.Kind, "", "", kind.IsNamespaced, verbs,
                kind.ShortNames, kind.Categories)
        {
            StorageHash = kind.Verbs.IsEmpty ? StorageHash(kind) : "",
        };
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

    // k8s.io/apiserver: the first eight bytes of a digest of group, version and kind as they are kept.
    private static string StorageHash(KindDefinition kind)
    {
        var kept = kind.Custom?.StorageVersion
            ?? $"{kind.StoredGroup}/{KindCatalog.Embedded.Find(kind.StoredGroup, kind.Plural)?.Version}";
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{kept}/{kind.Kind}"));
        return Convert.ToBase64String(digest.AsSpan(0, 8));
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
