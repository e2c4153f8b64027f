using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>What came out of parsing.</summary>
/// <param name="Script">Everything up to the first error; the whole text when there is none.</param>
/// <param name="Diagnostics">Empty when the text is sound. A text with diagnostics must not be run.</param>
public sealed record ShellParseResult(Script Script, ImmutableArray<ShellDiagnostic> Diagnostics)
{
    /// <summary>Gets whether the whole text was understood.</summary>
    public bool IsSound => Diagnostics.IsEmpty;

    /// <summary>
    /// Gets whether the text ended too soon: a quote, a here-document or a compound command is open, so that another
    /// line may still make it sound.
    /// </summary>
    public bool IsUnfinished { get; init; }
}
