using System.Collections.Frozen;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Statements;

/// <summary>Variables that change what programs do, beyond being values. Data: <c>environment.yaml</c>.</summary>
internal sealed class Surroundings
{
    private readonly NameSet _programs;
    private readonly NameSet _places;

    public Surroundings()
    {
        var data = DataFile.Read("Effects/Data/environment.yaml");
        _programs = new NameSet(data.Map("programs")!);
        _places = new NameSet(data.Map("places")!);
    }

    /// <summary>Whether setting the variable can make a program do something else, or somewhere else.</summary>
    public bool Matters(string name) => _programs.Has(name) || _places.Has(name);

    /// <summary>Whether the variable leads to another cluster, account, user, project or host.</summary>
    public bool LeadsElsewhere(string name) => _places.Has(name);

    private sealed class NameSet(DataMap map)
    {
        private readonly FrozenSet<string> _names = map.Texts("names").ToFrozenSet(StringComparer.Ordinal);
        private readonly string[] _prefixes = [.. map.Texts("prefixes")];

        public bool Has(string name) => _names.Contains(name)
            || Array.Exists(_prefixes, prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }
}
