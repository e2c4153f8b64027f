using System.Collections.Immutable;

namespace Midwatch.Execution.Steps;

/// <summary>What can be said about a command before it runs: what an approval seals.</summary>
/// <param name="ArgumentVectors">
/// The programs that it will start, in the order of the text, fully expanded. Secret arguments are replaced by their
/// hash; a
/// word that only running can tell (<c>$( … )</c>) stands as written.
/// </param>
/// <param name="Refusals">Everything that keeps it from running; empty when it may.</param>
/// <param name="Question">The question that is asked instead of making a temporary pod; null for other
/// commands.</param>
public sealed record CommandPreview(
    ImmutableArray<ImmutableArray<string>> ArgumentVectors,
    ImmutableArray<CommandRefusal> Refusals,
    InspectorQuestion? Question);
