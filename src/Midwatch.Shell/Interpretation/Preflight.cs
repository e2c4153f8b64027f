using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>What can be said about a script before anything of it runs.</summary>
/// <param name="Refusals">All reasons why it must not start, in source order; empty when it may.</param>
/// <param name="Programs">Names of the programs it is seen to start, in order of first use.</param>
public sealed record Preflight(ImmutableArray<ShellDiagnostic> Refusals, ImmutableArray<string> Programs)
{
    /// <summary>Gets whether the script may start.</summary>
    public bool MayStart => Refusals.IsEmpty;
}
