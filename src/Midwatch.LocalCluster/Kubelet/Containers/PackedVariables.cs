using System.Collections.Immutable;
using System.Text;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>
/// Variables as one block of bytes: a container that rests needs them only for who comes later, and as a dictionary of
/// texts they are six times as large.
/// </summary>
internal readonly struct PackedVariables(ImmutableDictionary<string, string> variables)
{
    // Neither a name nor a value may hold it: no program could be given them.
    private const char Separator = '\0';

    private readonly byte[] _bytes =
        Encoding.UTF8.GetBytes(string.Join(Separator, variables.SelectMany(pair => new[] { pair.Key, pair.Value })));

    public ImmutableDictionary<string, string> Unpack()
    {
        if (_bytes is null or [])
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        var words = Encoding.UTF8.GetString(_bytes).Split(Separator);
        var result = ImmutableDictionary.CreateBuilder<string, string>();
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            result.Add(words[i], words[i + 1]);
        }

        return result.ToImmutable();
    }
}
