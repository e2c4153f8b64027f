using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation;

/// <summary>Turns what went wrong in an expansion into a message and a flow.</summary>
internal sealed class FailureReport(ShellContext context)
{
    /// <summary>
    /// Gets the flow after what has no value: to the next line, or with <c>set -e</c> out of the shell.
    /// </summary>
    public Flow GivenUp => context.State.Options.ErrExit ? Flow.Exit(1) : Flow.Discard;

    /// <param name="discards">Whether the rest of the line is given up, as after an error in a word.</param>
    public Flow Report(ExpansionFailure failure, bool discards = true)
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

        return failure.Ends ? (failure.IsArithmetic ? Flow.Exit(1) : Flow.Abort(1))
            : discards && failure.IsArithmetic ? Flow.Discard
            : discards ? GivenUp : Flow.Next(1);
    }
}
