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
    public Flow Fail(string message, int status = 1)
    {
        Context.Complain($"{Arguments[0]}: {message}");
        return Flow.Next(status);
    }

    /// <summary>Ends the run: what the script asks for here is not supported, and only running could tell.</summary>
    public Flow Stop(string message) => Context.Run.Stop("SH3001", message, "Do it by hand.", Span);
}
