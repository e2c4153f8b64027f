using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>Starts what <c>&amp;</c> sends to the background; it lives as long as the session.</summary>
internal sealed class BackgroundStarter(ShellContext context)
{
    public async ValueTask<Flow> StartAsync(Statement statement)
    {
        if (!context.Run.BeginFlow(statement.Span))
        {
            return RunScope.Ended;
        }

        // POSIX 2.9.3: without job control a background command reads nothing.
        var input = FileOpening.ToRead("/dev/null", CancellationToken.None);
        if (input.Handle is null)
        {
            context.Complain($"/dev/null: {input.Error}");
            return Flow.Next(1);
        }

        var descriptors = context.Descriptors.Copy();
        descriptors.Set(0, input.Handle);
        var job = context.Run.Session.NewJob(context.State, isSubstitution: false);
        var run = context.Run.ForBackground(job.Cancellation);
        job.Cancellation.Register(run.KillAll);
        var started = new TaskCompletionSource<IRunningProgram?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var inner = context.Subshell(descriptors, run) with { Started = started, Tested = false };
        job.Completion = Task.Run(() => RunAsync(job, inner, statement, started), CancellationToken.None);
        var program = statement.Command is Command.Simple or Command.Pipeline ? await started.Task : null;
        job.Number = program?.ProcessId ?? context.Run.Session.NextNumber();
        context.State.LastJob = job.Number;
        return context.Run.Stopped is null ? Flow.Next(0) : RunScope.Ended;
    }

    private static async Task<int> RunAsync(
        BackgroundJob job,
        ShellContext context,
        Statement statement,
        TaskCompletionSource<IRunningProgram?> started)
    {
        try
        {
            return await RunToEndAsync(job, context, [statement], context.Run.EndFlow);
        }
        finally
        {
            started.TrySetResult(null);
        }
    }

    /// <summary>Runs the statements of a job as a subshell; gives the status that waiting for it gives.</summary>
    public static async Task<int> RunToEndAsync(
        BackgroundJob job, ShellContext context, ImmutableArray<Statement> statements, Action end)
    {
        using var descriptors = context.Descriptors;
        try
        {
            var flow = await new ListExecutor(context).RunSubshellAsync(statements);
            return job.KilledStatus ?? flow.Status;
        }
        catch (OperationCanceledException) when (context.Run.Cancellation.IsCancellationRequested)
        {
            return job.KilledStatus ?? 1;
        }
        finally
        {
            end();
            context.Run.Dispose();
        }
    }
}
