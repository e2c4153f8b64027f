using System.Collections.Immutable;
using System.Text;
using Midwatch.Cli.Demo;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Cli.Systems;

/// <summary>Gathers what a system has applied: its manifests, and its rule files as a ConfigMap.</summary>
internal static class SystemManifests
{
    /// <summary>Writes what is to be applied into a folder of its own; the system's files stay as they are.</summary>
    /// <returns>Null when it is done, else what is wrong, naming the file and line.</returns>
    internal static string? Write(SystemDescription system, RuleTempo tempo, string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        foreach (var file in Files(system.PathOf(system.Manifests)))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return WriteRules(system, tempo, folder);
    }

    /// <summary>
    /// What every <c>${NAME}</c> of the manifests stands for: the given values over the system's defaults.
    /// </summary>
    /// <returns>The values, or which ones nobody gave.</returns>
    internal static (ImmutableSortedDictionary<string, string> Values, string? Problem) Values(
        SystemDescription system, IReadOnlyDictionary<string, string> given)
    {
        var values = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, given);
        var missing = new List<string>();
        foreach (var (name, fallback) in system.Values.Where(value => !given.ContainsKey(value.Key)))
        {
            if (fallback is null)
            {
                missing.Add(name);
            }
            else
            {
                values = values.Add(name, fallback);
            }
        }

        return (values,
            missing.Count == 0 ? null : $"system {system.Name}: no value for {string.Join(", ", missing)}.");
    }

    private static string? WriteRules(SystemDescription system, RuleTempo tempo, string folder)
    {
        if (system.RulesConfigMap is not { } name)
        {
            return null;
        }

        var data = new YamlMappingNode();
        foreach (var file in Files(system.PathOf(system.Rules)))
        {
            var (text, error) = tempo.Apply(File.ReadAllText(file));
            if (error is not null)
            {
                return $"{file}: {error}";
            }

            data.Add(Path.GetFileName(file), new YamlScalarNode(text) { Style = ScalarStyle.Literal });
        }

        var map = new YamlMappingNode(
            new YamlScalarNode("apiVersion"), new YamlScalarNode("v1"),
            new YamlScalarNode("kind"), new YamlScalarNode("ConfigMap"),
            new YamlScalarNode("metadata"), new YamlMappingNode(
                "name", name, "namespace", system.Prometheus?.Namespace ?? system.Namespace),
            new YamlScalarNode("data"), data);
        var yaml = new StringBuilder();
        using (var writer = new StringWriter(yaml))
        {
            new YamlStream(new YamlDocument(map)).Save(writer, assignAnchors: false);
        }

        // After the namespace, before whoever mounts it.
        File.WriteAllText(Path.Combine(folder, "05-rules.yaml"), yaml.ToString());
        return null;
    }

    private static ImmutableArray<string> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)];
}
