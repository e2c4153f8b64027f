using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// Runs scripts without a shell: everything but builtins is a program, started by the host after the judge has seen its
/// arguments. Safe to use from many threads, with one session each.
/// </summary>
/// <param name="host">Starts the programs.</param>
/// <param name="judge">May refuse a command before anything runs, and again before it starts.</param>
/// <param name="options">Null for the defaults.</param>
public sealed class Interpreter(IProgramHost host, IJudge judge, InterpreterOptions? options = null)
{
    private readonly InterpreterOptions _options = options ?? new InterpreterOptions();

    /// <summary>
    /// Says everything that can be known before running: what is not supported, unbound, missing or refused.
    /// </summary>
    public Preflight Check(Script script, ShellSession session, PlaceholderBindings bindings)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(bindings);
        return Check(script, session, bindings, CancellationToken.None);
    }

    /// <summary>Checks a script and, when nothing speaks against it, runs it.</summary>
    /// <param name="session">Holds what the script leaves behind: variables, directory, background jobs.</param>
    /// <param name="streams">Stay the caller's; background jobs may write to them after the return.</param>
    /// <param name="cancellationToken">Kills everything that this run has started, background jobs aside.</param>
    /// <returns>When the last command in the foreground has ended.</returns>
    public async Task<ShellOutcome> RunAsync(
        Script script,
        ShellSession session,
        PlaceholderBindings bindings,
        ShellStreams streams,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(bindings);
        try
        {
            // Off the caller's thread, as all that follows: a long script takes its time to look at.
            var preflight = await Task.Run(
                () => Check(script, session, bindings, cancellationToken), CancellationToken.None);
            if (!preflight.MayStart)
            {
                return new ShellOutcome.Refused(preflight.Refusals);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ShellOutcome.Cancelled();
        }

        session.State.Surroundings = session.State.Surroundings with { Time = _options.Time };
        return await RunCheckedAsync(script.Statements, session, bindings, streams, cancellationToken);
    }

    /// <summary>Checks and runs one statement of a script.</summary>
    /// <inheritdoc cref="RunAsync(Script, ShellSession, PlaceholderBindings, ShellStreams, CancellationToken)"/>
    public Task<ShellOutcome> RunAsync(
        Statement statement,
        ShellSession session,
        PlaceholderBindings bindings,
        ShellStreams streams,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var script = new Script(statement.Span, [statement], []);
        return RunAsync(script, session, bindings, streams, cancellationToken);
    }

    private Preflight Check(
        Script script, ShellSession session, PlaceholderBindings bindings, CancellationToken cancellationToken) =>
        new PreflightWalk(host, judge, _options, session.State, bindings)
            .Check(script.Statements, cancellationToken);

    private async Task<ShellOutcome> RunCheckedAsync(
        ImmutableArray<Statement> statements,
        ShellSession session,
        PlaceholderBindings bindings,
        ShellStreams streams,
        CancellationToken cancellationToken)
    {
        using var run = new RunScope(host, judge, _options, session, bindings, cancellationToken);
        await using var registration = cancellationToken.Register(run.KillAll);
        session.State.Cancellation = run.Cancellation;
        try
        {
            // Off the caller's thread: builtins read and write without giving it back.
            var flow = await Task.Run(() => RunAsync(run, statements, streams), CancellationToken.None);
            session.State.LastStatus = flow.Status;
            return run.Stopped is { } reason ? new ShellOutcome.Stopped(reason)
                : cancellationToken.IsCancellationRequested ? new ShellOutcome.Cancelled()
                : new ShellOutcome.Exited(flow.Status);
        }
        catch (OperationCanceledException) when (run.MustEnd)
        {
            return run.Stopped is { } reason ? new ShellOutcome.Stopped(reason) : new ShellOutcome.Cancelled();
        }
        finally
        {
            session.State.Cancellation = CancellationToken.None;
        }
    }

    private static async Task<Flow> RunAsync(RunScope run, ImmutableArray<Statement> statements, ShellStreams streams)
    {
        try
        {
            using var descriptors = new DescriptorTable(streams);
            var context = new ShellContext(run, run.Session.State, descriptors, Tested: false, LoopDepth: 0);
            run.Session.State.PipeBroken = false;
            var flow = await new ListExecutor(context)
                .RunTextAsync(statements, run.Session.State.Surroundings.Text);
            return await Traps.AtExitAsync(context, flow);
        }
        finally
        {
            await run.EndSubstitutionsAsync();
        }
    }
}
