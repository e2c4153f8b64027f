using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation;

/// <summary>Turns what went wrong in an expansion into a message and a flow.</summary>
internal sealed class FailureReport(ShellContext context)
{
    public Flow Report(ExpansionFailure failure)
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

        // As bash does for a shell that reads no terminal: 127 for ${x:?} and set -u, else only the command fails.
        return failure.Ends ? Flow.Exit(127) : Flow.Next(1);
    }
}
