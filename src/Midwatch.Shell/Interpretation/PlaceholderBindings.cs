using System.Collections.Immutable;

namespace Midwatch.Shell.Interpretation;

/// <summary>Values for placeholders, by <see cref="Syntax.WordPart.Placeholder.Name"/>, exactly as written.</summary>
/// <remarks>
/// A value is always a single word or a piece of one: it is never split, never globbed, never read as code.
/// </remarks>
public sealed record PlaceholderBindings(ImmutableSortedDictionary<string, string> Values)
{
    /// <summary>Gets bindings without a value.</summary>
    public static PlaceholderBindings None { get; } = new(ImmutableSortedDictionary<string, string>.Empty);
}
