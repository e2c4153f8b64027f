using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>What a parameter expansion comes to. A closed union.</summary>
internal abstract record ParameterValue
{
    private ParameterValue()
    {
    }

    internal sealed record Text(string Value) : ParameterValue;

    /// <summary>Several values: <c>$@</c>, <c>${a[@]}</c>; joined within quotes when written with a star.</summary>
    internal sealed record List(ImmutableArray<string> Values, bool Joined) : ParameterValue;

    /// <summary>The word behind <c>:-</c> or <c>:+</c>, to be expanded in place.</summary>
    internal sealed record Parts(Word Word) : ParameterValue;
}
