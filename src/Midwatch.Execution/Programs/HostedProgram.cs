using Midwatch.Processes;
using Midwatch.Shell.Interpretation;

namespace Midwatch.Execution.Programs;

/// <summary>A running program as the interpreter sees it.</summary>
internal sealed class HostedProgram : IRunningProgram
{
    private readonly RunningProgram _program;

    public HostedProgram(RunningProgram program)
    {
        _program = program;
        Completion = CompleteAsync(program);
    }

    public int ProcessId => _program.ProcessId;

    public Task<int> Completion { get; }

    // Disposal kills the group, then whatever has left it; its task is not needed, Completion tells of the end.
    public void Kill() => _ = EndAsync();

    /// <summary>
    /// Kills what still runs of the program and of everything it started, and waits until it is gone.
    /// </summary>
    public Task EndAsync() => _program.DisposeAsync().AsTask();

    private static async Task<int> CompleteAsync(RunningProgram program) => (await program.Exited).ShellCode;
}
