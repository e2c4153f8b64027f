using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation;

/// <summary>Turns what went wrong in an expansion into a message and a flow.</summary>
internal sealed class FailureReport(ShellContext context)
{
    /// <param name="endsShell">
    /// Whether the shell ends, as with an error in a word. There bash goes on with the next line, Midwatch does not:
    /// what
    /// follows would work on what was never computed.
    /// </param>
    public Flow Report(ExpansionFailure failure, bool endsShell = true)
    {
        if (context.Run.MustEnd)
        {
            return RunScope.Ended;
        }

        if (failure.Refusal is { } refusal)
        {
            return context.Run.Stop(refusal);
        }

        context.Complain(failure.Message);

        return failure.Ends || endsShell ? Flow.Exit(1) : Flow.Next(1);
    }
}
