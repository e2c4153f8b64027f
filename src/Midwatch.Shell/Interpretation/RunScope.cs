using System.Collections.Concurrent;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>What all flows of one run share.</summary>
internal sealed class RunScope(
    IProgramHost host,
    IJudge judge,
    InterpreterOptions options,
    ShellSession session,
    PlaceholderBindings bindings,
    CancellationToken cancellationToken) : IDisposable
{
    private readonly RunEnd _end = new(cancellationToken);
    private readonly ConcurrentDictionary<IRunningProgram, byte> _running = new();
    private readonly ConcurrentQueue<BackgroundJob> _substitutions = new();
    private RunCounts _counts = new();
    private ShellDiagnostic? _stopped;
    private RunScope? _foreground;

    public IProgramHost Host { get; } = host;

    public IJudge Judge { get; } = judge;

    public InterpreterOptions Options { get; } = options;

    public ShellSession Session { get; } = session;

    public PlaceholderBindings Bindings { get; } = bindings;

    /// <summary>Gets what ends every wait: the run was cancelled, or stopped.</summary>
    public CancellationToken Cancellation => _end.Token;

    /// <summary>Gets the first reason why the run must not go on; null while it may.</summary>
    public ShellDiagnostic? Stopped => _stopped;

    public bool MustEnd => _stopped is not null || Cancellation.IsCancellationRequested;

    /// <summary>A scope for a background job: it outlives this run, but a refusal in it stops both.</summary>
    public RunScope ForBackground(CancellationToken token) =>
        new(Host, Judge, Options, Session, Bindings, token) { _foreground = this, _counts = _counts };

    /// <summary>A scope for a process substitution, which ends with this run.</summary>
    public RunScope ForSubstitution(BackgroundJob job)
    {
        const int KilledStatus = 137;
        var scope = ForBackground(job.Cancellation);
        job.Cancellation.Register(scope.KillAll);
        _substitutions.Enqueue(job);
        Cancellation.Register(() => job.Kill(KilledStatus));
        return scope;
    }

    /// <summary>Ends the process substitutions that still run; those that read what was written may finish.</summary>
    public async Task EndSubstitutionsAsync()
    {
        while (_substitutions.TryDequeue(out var job))
        {
            if (!job.Reads || MustEnd)
            {
                job.Kill(1);
            }

            await job.Completion;
        }
    }

    public Flow Stop(ShellDiagnostic reason)
    {
        _foreground?.Stop(reason);
        Interlocked.CompareExchange(ref _stopped, reason, null);
        KillAll();
        _end.Cancel();
        return new Flow(1, FlowKind.Stop, 0);
    }

    public Flow Stop(string code, string message, string remedy, SourceSpan span) =>
        Stop(new ShellDiagnostic(code, message, remedy, span));

    /// <summary>The flow that ends everything, for a run that was stopped or cancelled elsewhere.</summary>
    public static Flow Ended { get; } = new(1, FlowKind.Stop, 0);

    /// <summary>Counts one more flow of control at work; false when there are too many, and the run ends.</summary>
    public bool BeginFlow(SourceSpan span)
    {
        if (Interlocked.Increment(ref _counts.Flows) <= Options.FlowsMax)
        {
            return true;
        }

        Stop("SH3009", $"More than {Options.FlowsMax} commands are at work at once.", "Start fewer at a time.", span);
        return false;
    }

    public void EndFlow() => Interlocked.Decrement(ref _counts.Flows);

    /// <summary>Counts one more program; null when it may be started, else how the command ends.</summary>
    public Flow? CountProgram(SourceSpan span) => Interlocked.Increment(ref _counts.Programs) <= Options.ProgramsMax
        ? null
        : Stop("SH3009", $"The script starts more than {Options.ProgramsMax} programs.", "Let it start fewer.", span);

    /// <summary>Counts what builtins write to files; false when it is too much, and the run ends.</summary>
    public bool CountFileBytes(int bytes)
    {
        if (Interlocked.Add(ref _counts.FileBytes, bytes) <= Options.FileBytesMax)
        {
            return true;
        }

        Stop("SH3009", $"The script writes more than {Options.FileBytesMax} bytes.", "Let it write less.", default);
        return false;
    }

    public void Began(IRunningProgram program)
    {
        _running.TryAdd(program, 0);
        if (MustEnd)
        {
            program.Kill();
        }
    }

    public void HasEnded(IRunningProgram program) => _running.TryRemove(program, out _);

    public void KillAll()
    {
        foreach (var program in _running.Keys)
        {
            program.Kill();
        }
    }

    /// <summary>To be called when nothing of the run is at work any more.</summary>
    public void Dispose() => _end.Dispose();

    /// <summary>What is counted for a run with its background jobs.</summary>
    private sealed class RunCounts
    {
        public int Flows;
        public int Programs;
        public long FileBytes;
    }
}
