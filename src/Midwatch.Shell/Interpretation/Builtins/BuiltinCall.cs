using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>A builtin with its arguments; the first is its name.</summary>
internal sealed record BuiltinCall(
    ShellContext Context,
    ImmutableArray<string> Arguments,
    SourceSpan Span,
    ImmutableArray<FileUse> Files)
{
    /// <summary>
    /// Gets whether something in the arguments came from an expansion and might be more than a name, a number or a
    /// path, or came from outside the script: then they must not be run as code.
    /// </summary>
    public bool CarriesSyntax { get; init; }

    public Flow Fail(string message, int status = 1)
    {
        Context.Complain($"{Arguments[0]}: {message}");
        return Flow.Next(status);
    }

    /// <summary>Ends the run: what the script asks for here is not supported, and only running could tell.</summary>
    public Flow Stop(string message) => Context.Run.Stop("SH3001", message, "Do it by hand.", Span);
}
