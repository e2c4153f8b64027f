using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Diagnosis.Data;

/// <summary>Reads the data files that are compiled into this assembly. A broken one is a bug, so it throws.</summary>
internal static class EmbeddedYaml
{
    /// <summary>The files whose path starts with the words, such as <c>Causes/</c>, in ordinal order.</summary>
    public static IEnumerable<YamlRecord> Load(string prefix)
    {
        var assembly = typeof(EmbeddedYaml).Assembly;
        foreach (var name in assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)
                ?? throw new InvalidDataException($"The data file {name} is missing.");
            using var reader = new StreamReader(stream);
            var yaml = new YamlStream();
            yaml.Load(reader);
            yield return new YamlRecord(name, (YamlMappingNode)yaml.Documents[0].RootNode);
        }
    }

    /// <summary>One file.</summary>
    public static YamlRecord LoadOne(string name) => Load(name).Single();
}

/// <summary>A mapping of a data file that reads its members by kind and names the place of a fault.</summary>
internal sealed record YamlRecord(string File, YamlMappingNode Node)
{
    public string? Text(string member) => (Member(member) as YamlScalarNode)?.Value;

    public string Needed(string member) => Text(member) ?? throw Fault($"'{member}' is missing");

    public int Number(string member) => int.Parse(Needed(member), NumberStyles.None, CultureInfo.InvariantCulture);

    public bool Flag(string member) => Text(member) == "true";

    public IEnumerable<string> Texts(string member) => Member(member) switch
    {
        null => [],
        YamlScalarNode scalar => [scalar.Value ?? ""],
        YamlSequenceNode list => list.Children.Cast<YamlScalarNode>().Select(item => item.Value ?? ""),
        _ => throw Fault($"'{member}' is no list of texts"),
    };

    public IEnumerable<YamlRecord> Records(string member) => Member(member) is YamlSequenceNode list
        ? list.Children.Cast<YamlMappingNode>().Select(item => this with { Node = item })
        : throw Fault($"'{member}' is no list");

    public YamlNode? Member(string member) =>
        Node.Children.TryGetValue(new YamlScalarNode(member), out var value) ? value : null;

    public InvalidDataException Fault(string message) => new($"{File}:{Node.Start.Line}: {message}.");
}
