using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Midwatch.Runbooks.Effects.Targets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Lint.Manifests;

/// <summary>Reads the objects of manifests, lists among them, and those of a cluster.</summary>
public static class ManifestReader
{
    /// <summary>The objects of files, given as path and text.</summary>
    public static ManifestSet Read(IEnumerable<(string Path, string Text)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var kinds = new ObjectKinds();
        var objects = ImmutableArray.CreateBuilder<ManifestObject>();
        var unread = ImmutableArray.CreateBuilder<string>();
        foreach (var (path, text) in files)
        {
            try
            {
                var stream = new YamlStream();
                stream.Load(new StringReader(text));
                objects.AddRange(stream.Documents.SelectMany(document => Objects(document.RootNode, kinds)));
            }
            catch (Exception problem) when (problem is YamlException or ArgumentException)
            {
                unread.Add(path);
            }
        }

        return new ManifestSet(objects.ToImmutable(), unread.ToImmutable());
    }

    /// <summary>
    /// The objects of a cluster, by the kind in whose list they were: the API leaves it out of the items.
    /// </summary>
    public static ManifestSet Read(ImmutableArray<(string Kind, ImmutableArray<JsonElement> Items)> lists)
    {
        var kinds = new ObjectKinds();
        var objects = lists.SelectMany(list => list.Items.Select(item => (list.Kind, Root: JsonNodes.Read(item))))
            .SelectMany(each => each.Root is YamlMappingNode map && Find(map, "metadata") is YamlMappingNode metadata
                && Text(metadata, "name") is { } name ? [Object(map, metadata, kinds.Normalise(each.Kind), name)]
                    : Array.Empty<ManifestObject>());
        return new ManifestSet([.. objects], [])
        {
            Complete = lists.Select(list => kinds.Normalise(list.Kind)).ToFrozenSet(StringComparer.Ordinal),
        };
    }

    private static IEnumerable<ManifestObject> Objects(YamlNode root, ObjectKinds kinds)
    {
        if (root is not YamlMappingNode map || Text(map, "kind") is not { } kind)
        {
            return [];
        }

        return Find(map, "items") is YamlSequenceNode items && kind.EndsWith("List", StringComparison.Ordinal)
            ? items.Children.SelectMany(item => Objects(item, kinds))
            : Find(map, "metadata") is YamlMappingNode metadata && Text(metadata, "name") is { } name
                ? [Object(map, metadata, kinds.Normalise(kind), name)]
                : [];
    }

    private static ManifestObject Object(YamlMappingNode map, YamlMappingNode metadata, string kind, string name)
    {
        var pod = Pod(map, kind);
        var spec = pod is null ? null : Find(pod, "spec") as YamlMappingNode;
        var containers = spec is null ? [] : Items(spec, "initContainers").Concat(Items(spec, "containers")).ToList();
        var ports = kind == "service" && Find(map, "spec") is YamlMappingNode service
            ? Items(service, "ports").SelectMany(port => Values(port, "port", "name"))
            : containers.SelectMany(each => Items(each, "ports")).SelectMany(port =>
                Values(port, "containerPort", "name"));
        return new ManifestObject(
            kind,
            name,
            Text(metadata, "namespace"),
            pod is null ? ImmutableDictionary<string, string>.Empty : Labels(pod, "metadata", "labels"),
            [.. containers.Select(each => Text(each, "name")).OfType<string>()],
            [.. ports.Distinct()])
        {
            Selects = kind == "service" ? Labels(map, "spec", "selector") : ImmutableDictionary<string, string>.Empty,
        };
    }

    private static ImmutableDictionary<string, string> Labels(YamlMappingNode map, params string[] path) =>
        Below(map, path) is { } labels
            ? labels.Children.Where(pair => pair is { Key: YamlScalarNode, Value: YamlScalarNode })
                .ToImmutableDictionary(pair => ((YamlScalarNode)pair.Key).Value ?? "",
                    pair => ((YamlScalarNode)pair.Value).Value ?? "")
            : ImmutableDictionary<string, string>.Empty;

    /// <summary>The pod, or the template that an object makes pods of.</summary>
    private static YamlMappingNode? Pod(YamlMappingNode map, string kind) => kind switch
    {
        "pod" => map,
        "cronjob" => Below(map, "spec", "jobTemplate", "spec", "template"),
        _ => Below(map, "spec", "template"),
    };

    private static YamlMappingNode? Below(YamlMappingNode map, params string[] path)
    {
        foreach (var key in path)
        {
            if (Find(map, key) is not YamlMappingNode next)
            {
                return null;
            }

            map = next;
        }

        return map;
    }

    private static IEnumerable<YamlMappingNode> Items(YamlMappingNode map, string key) =>
        (Find(map, key) as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? [];

    private static IEnumerable<string> Values(YamlMappingNode map, params string[] keys) =>
        keys.Select(key => Text(map, key)).OfType<string>();

    private static YamlNode? Find(YamlMappingNode map, string key) => map.Children
        .FirstOrDefault(pair => pair.Key is YamlScalarNode { Value: { } name } && name == key).Value;

    private static string? Text(YamlMappingNode map, string key) => (Find(map, key) as YamlScalarNode)?.Value;
}
