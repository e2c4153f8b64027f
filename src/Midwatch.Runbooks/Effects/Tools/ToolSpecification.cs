using System.Collections.Immutable;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>A tool as the data describes it.</summary>
/// <param name="Name">The name that is shown.</param>
/// <param name="LongOptionsSingleDash">Options are whole words behind one dash (<c>find</c>, <c>terraform</c>): no
/// bundles.</param>
/// <param name="Passes">What it reads or is given as words comes out again: a secret does not end in it.</param>
/// <param name="Verb">The tool itself as a verb.</param>
internal sealed record ToolSpecification(string Name, bool LongOptionsSingleDash, bool Passes, VerbSpecification Verb)
{
    /// <summary>A user's description stands in place of the built-in one, even where it is milder.</summary>
    public bool Replaces { get; init; }

    /// <summary>Programs that an image runs when it is given only arguments, by a part of its name.</summary>
    public ImmutableDictionary<string, string> Entrypoints { get; init; } = ImmutableDictionary<string, string>.Empty;
}
