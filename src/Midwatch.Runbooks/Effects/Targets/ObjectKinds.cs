using System.Collections.Frozen;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Targets;

/// <summary>The names of Kubernetes kinds: every spelling to the one in the singular and lower case.</summary>
internal sealed class ObjectKinds
{
    private readonly FrozenDictionary<string, string> _names;

    public ObjectKinds()
    {
        var data = DataFile.Read("Effects/Data/kinds.yaml");
        _names = data.Keys
            .SelectMany(kind => data.Texts(kind).Append(kind).Select(name => KeyValuePair.Create(name, kind)))
            .DistinctBy(pair => pair.Key)
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The kind that a word of a command names; kinds that the data does not know keep their name.</summary>
    public string Normalise(string name)
    {
        var bare = name.Split('.')[0];
        return _names.TryGetValue(name, out var kind) || _names.TryGetValue(bare, out kind)
            ? kind
            : Singular(bare);
    }

    /// <summary>Whether the word is a kind that the data knows.</summary>
    public bool IsKind(string name) => _names.ContainsKey(name) || _names.ContainsKey(name.Split('.')[0]);

    private static string Singular(string name)
    {
        // Kinds are lower case on a command line by convention.
        var lower = new string([.. name.Select(char.ToLowerInvariant)]);
        return lower.EndsWith('s') && !lower.EndsWith("ss", StringComparison.Ordinal) ? lower[..^1] : lower;
    }
}
