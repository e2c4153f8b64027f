using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>A simple command before expansion.</summary>
/// <param name="Arguments">One for each word, the command's name first.</param>
/// <param name="Source">The command itself, for a judge that wants to look deeper.</param>
/// <param name="Redirections">As written.</param>
public sealed record ForeseenCall(
    ImmutableArray<ForeseenArgument> Arguments,
    Command.Simple Source,
    ImmutableArray<Redirection> Redirections);
