using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>What came out of parsing.</summary>
/// <param name="Script">Everything up to the first error; the whole text when there is none.</param>
/// <param name="Diagnostics">Empty when the text is sound. A text with diagnostics must not be run.</param>
public sealed record ShellParseResult(Script Script, ImmutableArray<ShellDiagnostic> Diagnostics)
{
    /// <summary>Gets whether the whole text was understood.</summary>
    public bool IsSound => Diagnostics.IsEmpty;
}
