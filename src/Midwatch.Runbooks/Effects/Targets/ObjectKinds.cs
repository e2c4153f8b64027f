using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Targets;

/// <summary>The names of Kubernetes kinds: every spelling to the one in the singular and lower case.</summary>
internal sealed class ObjectKinds
{
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    public ObjectKinds()
    {
        var data = DataFile.Read("Effects/Data/kinds.yaml");
        var said = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kind in data.Keys)
        {
            foreach (var name in data.Texts(kind).Append(kind).Where(said.Add))
            {
                _names.Add(name, kind);
            }
        }
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
