using System.Collections.Immutable;
using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Midwatch.Runbooks.Data;

/// <summary>
/// A YAML mapping of the project's own data files. Data that is wrong is a bug, so that reading it throws.
/// </summary>
internal readonly struct DataMap(YamlMappingNode node, string source)
{
    private readonly YamlMappingNode _node = node;

    /// <summary>The file it came from, for messages.</summary>
    public string Source { get; } = source;

    /// <summary>The keys in order.</summary>
    public IEnumerable<string> Keys
    {
        get
        {
            var source = Source;
            return _node.Children.Keys.Select(key => Scalar(key, source));
        }
    }

    /// <summary>A text; null when the key is absent.</summary>
    public string? Text(string key) => Find(key) is { } found ? Scalar(found, Source) : null;

    /// <summary>A text that must be there.</summary>
    public string Required(string key) =>
        Text(key) ?? throw new InvalidDataException($"{Source}: '{key}' is missing at line {_node.Start.Line}.");

    /// <summary>A truth; false when the key is absent.</summary>
    public bool Flag(string key) => Text(key) is "true";

    /// <summary>A whole number; null when the key is absent.</summary>
    public int? Number(string key) =>
        Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A list of texts; one text counts as a list of one; empty when the key is absent.</summary>
    public ImmutableArray<string> Texts(string key)
    {
        var source = Source;
        return Find(key) switch
        {
            null => [],
            YamlSequenceNode list => [.. list.Children.Select(child => Scalar(child, source))],
            var single => [Scalar(single, source)],
        };
    }

    /// <summary>A mapping below; null when the key is absent.</summary>
    public DataMap? Map(string key) => Find(key) is { } found ? AsMap(found, Source) : null;

    /// <summary>Mappings in a list below; empty when the key is absent.</summary>
    public ImmutableArray<DataMap> Maps(string key)
    {
        var source = Source;
        return Find(key) is YamlSequenceNode list
            ? [.. list.Children.Select(child => AsMap(child, source))]
            : [];
    }

    /// <summary>Whether the key's value is a mapping.</summary>
    public bool IsMap(string key) => Find(key) is YamlMappingNode;

    internal static DataMap AsMap(YamlNode node, string source) => node is YamlMappingNode map
        ? new DataMap(map, source)
        : throw new InvalidDataException($"{source}: line {node.Start.Line} is no mapping.");

    private static string Scalar(YamlNode node, string source) => node is YamlScalarNode { Value: { } value }
        ? value
        : throw new InvalidDataException($"{source}: line {node.Start.Line} is no text.");

    private YamlNode? Find(string key)
    {
        foreach (var (name, value) in _node.Children)
        {
            if (name is YamlScalarNode scalar && scalar.Value == key)
            {
                return value;
            }
        }

        return null;
    }
}
