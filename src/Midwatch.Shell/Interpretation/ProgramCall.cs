using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>A program about to be started, fully expanded.</summary>
/// <param name="Arguments">The vector the program will get; the first is the name as written.</param>
/// <param name="Assignments">Variables set for this program only, by name.</param>
/// <param name="Files">What is redirected for this command.</param>
/// <param name="WorkingDirectory">Absolute.</param>
/// <param name="Span">The command in the text it came from.</param>
public sealed record ProgramCall(
    ImmutableArray<string> Arguments,
    ImmutableSortedDictionary<string, string> Assignments,
    ImmutableArray<FileUse> Files,
    string WorkingDirectory,
    SourceSpan Span);
