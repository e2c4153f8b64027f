using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>A word before expansion.</summary>
/// <param name="Text">
/// What it will be for certain, bound placeholders filled in; null when only running can tell.
/// </param>
/// <param name="Word">The word itself.</param>
public sealed record ForeseenArgument(string? Text, Word Word);
