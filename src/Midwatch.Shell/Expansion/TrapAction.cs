using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>What <c>trap</c> makes of a signal.</summary>
/// <param name="Text">As given; empty means that the signal is ignored.</param>
/// <param name="Body">The text, parsed.</param>
internal sealed record TrapAction(string Text, ImmutableArray<Statement> Body);
