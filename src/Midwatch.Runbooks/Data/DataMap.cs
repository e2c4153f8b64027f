using System.Collections.Immutable;
using System.Globalization;

namespace Midwatch.Runbooks.Data;

/// <summary>
/// A mapping of the project's own data files. Data that is wrong is a bug, so that reading it throws.
/// </summary>
internal sealed class DataMap
{
    private readonly DataNode _node;

    public DataMap(DataNode node, string source)
    {
        if (node.Keys.IsDefault)
        {
            throw new InvalidDataException($"{source}: line {node.Line} is no mapping.");
        }

        _node = node;
        Source = source;
    }

    /// <summary>The file it came from, for messages.</summary>
    public string Source { get; }

    /// <summary>The keys in order.</summary>
    public ImmutableArray<string> Keys => _node.Keys;

    /// <summary>A text; null when the key is absent.</summary>
    public string? Text(string key) => Find(key) is { } found ? Scalar(found) : null;

    /// <summary>A text that must be there.</summary>
    public string Required(string key) =>
        Text(key) ?? throw new InvalidDataException($"{Source}: '{key}' is missing at line {_node.Line}.");

    /// <summary>A truth; false when the key is absent.</summary>
    public bool Flag(string key) => Text(key) is "true";

    /// <summary>A whole number; null when the key is absent.</summary>
    public int? Number(string key) =>
        Text(key) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A list of texts; one text counts as a list of one; empty when the key is absent.</summary>
    public ImmutableArray<string> Texts(string key) => Find(key) switch
    {
        null => [],
        { IsList: true } list => [.. list.Children.Select(Scalar)],
        var single => [Scalar(single)],
    };

    /// <summary>A mapping below; null when the key is absent.</summary>
    public DataMap? Map(string key) => Find(key) is { } found ? new DataMap(found, Source) : null;

    /// <summary>Mappings in a list below; empty when the key is absent.</summary>
    public ImmutableArray<DataMap> Maps(string key) => Find(key) is { IsList: true } list
        ? [.. list.Children.Select(child => new DataMap(child, Source))]
        : [];

    /// <summary>Whether the key's value is a mapping.</summary>
    public bool IsMap(string key) => Find(key) is { Keys.IsDefault: false };

    private string Scalar(DataNode node) =>
        node.Text ?? throw new InvalidDataException($"{Source}: line {node.Line} is no text.");

    private DataNode? Find(string key)
    {
        var at = _node.Keys.IndexOf(key);
        return at < 0 ? null : _node.Children[at];
    }
}
