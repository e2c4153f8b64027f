using System.Collections.Immutable;

namespace Midwatch.Shell.Expansion;

/// <summary>A piece of a compiled pattern. A closed union.</summary>
internal abstract record PatternNode
{
    private PatternNode()
    {
    }

    /// <summary>A character that stands for itself.</summary>
    internal sealed record Plain(int Code) : PatternNode;

    /// <summary><c>?</c>.</summary>
    internal sealed record Any : PatternNode;

    /// <summary><c>*</c>.</summary>
    internal sealed record Star : PatternNode;

    /// <summary><c>[…]</c>.</summary>
    internal sealed record Bracket(
        bool Negated, ImmutableArray<(int Low, int High)> Ranges, ImmutableArray<string> Classes) : PatternNode;

    /// <summary><c>@(…)</c> and its like.</summary>
    /// <param name="Kind">One of <c>? * + @ !</c>.</param>
    internal sealed record Group(char Kind, ImmutableArray<ImmutableArray<PatternNode>> Alternatives) : PatternNode;
}
