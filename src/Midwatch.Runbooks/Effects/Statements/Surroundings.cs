using System.Collections.Frozen;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>Variables that change what programs do, beyond being values. Data: <c>environment.yaml</c>.</summary>
internal sealed class Surroundings
{
    private readonly FrozenSet<string> _names;
    private readonly string[] _prefixes;

    public Surroundings()
    {
        var data = DataFile.Read("Effects/Data/environment.yaml");
        _names = data.Texts("names").ToFrozenSet(StringComparer.Ordinal);
        _prefixes = [.. data.Texts("prefixes")];
    }

    /// <summary>Whether setting the variable can make a program do something else.</summary>
    public bool Matters(string name) =>
        _names.Contains(name) || _prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
}
