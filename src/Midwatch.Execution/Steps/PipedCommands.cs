using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Execution.Steps;

/// <summary>
/// The simple commands that read from the one before them in a pipeline. What feeds them is judged with them, so
/// input does not
/// make them unknown.
/// </summary>
internal static class PipedCommands
{
    public static ImmutableHashSet<SourceSpan> In(Script script) =>
        [.. ShellTree.Descendants(script).OfType<Command.Pipeline>()
            .SelectMany(pipeline => pipeline.Statements.Skip(1))
            .Select(statement => statement.Command).OfType<Command.Simple>()
            .Select(simple => simple.Span)];
}
