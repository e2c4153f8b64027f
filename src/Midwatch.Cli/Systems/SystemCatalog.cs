using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Cli.Systems;

/// <summary>Finds the reference systems of an installation and reads what they say of themselves.</summary>
internal static class SystemCatalog
{
    /// <summary>What is said where the program stands alone.</summary>
    internal const string NoRepository =
        "the reference systems are in Midwatch's repository, and this program stands alone. Set MIDWATCH_HOME.";

    private const string FileName = "system.yaml";

    /// <summary>Takes the named system, or the one that is marked for the demo.</summary>
    /// <returns>The system, or why there is none, naming the file and line.</returns>
    internal static (SystemDescription? System, string? Problem) Find(string systemsFolder, string? name)
    {
        var read = ReadAll(systemsFolder);
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

    /// <summary>Reads every system, in the order of their folders.</summary>
    /// <returns>The systems that could be read, and a sentence per one that could not.</returns>
    internal static (ImmutableArray<SystemDescription> Systems, ImmutableArray<string> Problems) All(
        string systemsFolder)
    {
        var read = ReadAll(systemsFolder);
        return ([.. read.Select(one => one.System).OfType<SystemDescription>()],
            [.. read.Select(one => one.Problem).OfType<string>()]);
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

    private static ImmutableArray<(SystemDescription? System, string? Problem)> ReadAll(string systemsFolder) =>
        [.. Directory.EnumerateDirectories(systemsFolder).Order(StringComparer.Ordinal)
            .Select(folder => Path.Combine(folder, FileName)).Where(File.Exists).Select(Read)];

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

        var own = Text(root, "namespace") ?? string.Empty;
        var ready = Texts(root, "ready").ToLookup(text => SystemWorkload.Parse(text, own) is not null);
        if (ready[false].FirstOrDefault() is { } wrong)
        {
            return (null, $"{file}: ready: '{wrong}' is no 'kind/name' or 'namespace/kind/name' of a deployment, "
                + "statefulset, daemonset or job.");
        }

        return (new SystemDescription
        {
            Folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".",
            Name = Text(root, "name") ?? string.Empty,
            Summary = Text(root, "summary") ?? string.Empty,
            Namespace = own,
            IsDemo = Text(root, "demo") is "true",
            Runbook = Text(root, "runbook") ?? string.Empty,
            Rules = Text(root, "rules") ?? string.Empty,
            Faults = Text(root, "faults") ?? string.Empty,
            DefaultFault = Text(root, "defaultFault") ?? string.Empty,
            Manifests = Text(root, "manifests") ?? string.Empty,
            RulesConfigMap = Text(root, "rulesConfigMap"),
            Prometheus = Prometheus(root, own),
            Ready = [.. ready[true].Select(text => SystemWorkload.Parse(text, own)).OfType<SystemWorkload>()],
            Services = [.. Texts(root, "services")],
            HostPrograms = Child(root, "hostPrograms") is YamlMappingNode programs
                ? programs.Children.ToImmutableSortedDictionary(
                    pair => ((YamlScalarNode)pair.Key).Value ?? string.Empty,
                    pair => (pair.Value as YamlScalarNode)?.Value ?? string.Empty, StringComparer.Ordinal)
                : ImmutableSortedDictionary<string, string>.Empty,
            Values = Values(root),
        }, null);
    }

    private static PrometheusService? Prometheus(YamlMappingNode root, string own) =>
        Child(root, "prometheus") is YamlMappingNode node && Text(node, "service") is { } service
        && int.TryParse(Text(node, "port"), CultureInfo.InvariantCulture, out var port)
            ? new PrometheusService(Text(node, "namespace") ?? own, service, port) : null;

    private static IEnumerable<string> Texts(YamlMappingNode root, string key) =>
        Child(root, key) is YamlSequenceNode list
            ? list.Children.OfType<YamlScalarNode>().Select(node => node.Value ?? string.Empty) : [];

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
