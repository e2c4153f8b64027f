using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Cli.Systems;

/// <summary>Finds the reference systems of an installation and reads what they say of themselves.</summary>
internal static class SystemCatalog
{
    private const string FileName = "system.yaml";

    /// <summary>Takes the named system, or the one that is marked for the demo.</summary>
    /// <returns>The system, or why there is none, naming the file and line.</returns>
    internal static (SystemDescription? System, string? Problem) Find(string systemsFolder, string? name)
    {
        var read = Directory.EnumerateDirectories(systemsFolder).Order(StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder, FileName)).Where(File.Exists).Select(Read).ToImmutableArray();
        if (name is not null)
        {
            var named = read.FirstOrDefault(one => one.System?.Name == name);
            return named.System is not null ? named : (null, read.FirstOrDefault(one => one.Problem is not null).Problem
                ?? $"there is no system '{name}' in {systemsFolder}. There are: {Names(read)}.");
        }

        var demo = read.FirstOrDefault(one => one.System?.IsDemo is true);
        return demo.System is not null ? demo : (null, read.FirstOrDefault(one => one.Problem is not null).Problem
            ?? $"no system in {systemsFolder} says 'demo: true' in its {FileName}.");
    }

    internal static (SystemDescription? System, string? Problem) Read(string file)
    {
        var stream = new YamlStream();
        try
        {
            using var reader = new StreamReader(file);
            stream.Load(reader);
        }
        catch (Exception exception) when (exception is YamlException or IOException or UnauthorizedAccessException)
        {
            var line = exception is YamlException yaml ? $":{yaml.Start.Line}" : string.Empty;
            return (null, $"{file}{line}: {exception.Message}");
        }

        return stream.Documents is [{ RootNode: YamlMappingNode root }, ..]
            ? Describe(file, root)
            : (null, $"{file}: a mapping is expected, such as 'name: shop'.");
    }

    private static string Names(ImmutableArray<(SystemDescription? System, string? Problem)> read) =>
        string.Join(", ", read.Where(one => one.System is not null).Select(one => one.System!.Name));

    private static (SystemDescription? System, string? Problem) Describe(string file, YamlMappingNode root)
    {
        string[] needed = ["name", "namespace", "runbook", "rules", "faults", "defaultFault", "manifests"];
        var missing = needed.Where(key => Text(root, key) is null).ToArray();
        if (missing.Length > 0)
        {
            return (null, $"{file}: missing {string.Join(", ", missing)}.");
        }

        return (new SystemDescription
        {
            Folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".",
            Name = Text(root, "name") ?? string.Empty,
            Summary = Text(root, "summary") ?? string.Empty,
            Namespace = Text(root, "namespace") ?? string.Empty,
            IsDemo = Text(root, "demo") is "true",
            Runbook = Text(root, "runbook") ?? string.Empty,
            Rules = Text(root, "rules") ?? string.Empty,
            Faults = Text(root, "faults") ?? string.Empty,
            DefaultFault = Text(root, "defaultFault") ?? string.Empty,
            Manifests = Text(root, "manifests") ?? string.Empty,
            RulesConfigMap = Text(root, "rulesConfigMap"),
            Prometheus = Prometheus(root),
            Ready = Child(root, "ready") is YamlSequenceNode ready
                ? [.. ready.Children.OfType<YamlScalarNode>().Select(node => node.Value ?? string.Empty)] : [],
            Values = Values(root),
        }, null);
    }

    private static PrometheusService? Prometheus(YamlMappingNode root) =>
        Child(root, "prometheus") is YamlMappingNode node && Text(node, "service") is { } service
        && int.TryParse(Text(node, "port"), CultureInfo.InvariantCulture, out var port)
            ? new PrometheusService(service, port) : null;

    private static ImmutableSortedDictionary<string, string?> Values(YamlMappingNode root) =>
        Child(root, "values") is YamlMappingNode values
            ? values.Children.ToImmutableSortedDictionary(
                pair => ((YamlScalarNode)pair.Key).Value ?? string.Empty,
                pair => pair.Value is YamlMappingNode value ? Text(value, "default") : null,
                StringComparer.Ordinal)
            : ImmutableSortedDictionary<string, string?>.Empty;

    private static YamlNode? Child(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private static string? Text(YamlMappingNode node, string key) => (Child(node, key) as YamlScalarNode)?.Value;
}
