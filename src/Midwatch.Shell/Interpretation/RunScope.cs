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
    CancellationToken cancellationToken)
{
    private readonly ConcurrentDictionary<IRunningProgram, byte> _running = new();
    private ShellDiagnostic? _stopped;
    private RunScope? _foreground;

    public IProgramHost Host { get; } = host;

    public IJudge Judge { get; } = judge;

    public InterpreterOptions Options { get; } = options;

    public ShellSession Session { get; } = session;

    public PlaceholderBindings Bindings { get; } = bindings;

    public CancellationToken Cancellation { get; } = cancellationToken;

    /// <summary>Gets the first reason why the run must not go on; null while it may.</summary>
    public ShellDiagnostic? Stopped => _stopped;

    public bool MustEnd => _stopped is not null || Cancellation.IsCancellationRequested;

    /// <summary>A scope for a background job: it outlives this run, but a refusal in it stops both.</summary>
    public RunScope ForBackground(CancellationToken token) =>
        new(Host, Judge, Options, Session, Bindings, token) { _foreground = this };

    public Flow Stop(ShellDiagnostic reason)
    {
        _foreground?.Stop(reason);
        Interlocked.CompareExchange(ref _stopped, reason, null);
        KillAll();
        return new Flow(1, FlowKind.Stop, 0);
    }

    public Flow Stop(string code, string message, string remedy, SourceSpan span) =>
        Stop(new ShellDiagnostic(code, message, remedy, span));

    /// <summary>The flow that ends everything, for a run that was stopped or cancelled elsewhere.</summary>
    public static Flow Ended { get; } = new(1, FlowKind.Stop, 0);

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
}
