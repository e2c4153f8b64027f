using System.Text;
using Midwatch.Shell.Expansion;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Interpretation;

/// <summary>One flow of control: the shell itself, or a subshell.</summary>
/// <param name="Tested">Whether the status is looked at, so that <c>set -e</c> does not apply.</param>
internal sealed record ShellContext(
    RunScope Run, ShellState State, DescriptorTable Descriptors, bool Tested, int LoopDepth)
{
    /// <summary>
    /// Gets what a program that is started first in this flow reports its process id to; null when nobody asks.
    /// </summary>
    public TaskCompletionSource<IRunningProgram?>? Started { get; init; }

    /// <summary>
    /// Gets the part of a pipeline that this flow runs: when it is a simple command or a subshell, bash ends with it
    /// and has no time for the trap of ERR.
    /// </summary>
    public Statement? Part { get; init; }

    /// <summary>Gets how deep this flow lies in commands that run text: <c>eval</c>, <c>source</c>, traps.</summary>
    public int TextDepth { get; init; }

    /// <summary>A subshell: changes of variables stay in it.</summary>
    /// <param name="run">Another run that it belongs to; null for the one that this flow belongs to.</param>
    public ShellContext Subshell(DescriptorTable descriptors, RunScope? run = null)
    {
        var state = State.Copy();
        state.Cancellation = (run ?? Run).Cancellation;
        state.SubshellDepth++;
        state.Traps = Traps.Inherited(state);
        return this with
        {
            Run = run ?? Run, State = state, Descriptors = descriptors, LoopDepth = 0, Started = null,
        };
    }

    /// <summary>Writes a line to standard error as bash would.</summary>
    public void Complain(string message) => Print(2, $"midwatch: {message}\n");

    /// <summary>Writes to a descriptor; false when nobody reads or it is closed.</summary>
    public bool Print(int descriptor, string text) => Print(descriptor, Encoding.UTF8.GetBytes(text));

    public bool Print(int descriptor, ReadOnlySpan<byte> bytes)
    {
        if (Descriptors[descriptor] is not { } handle)
        {
            return false;
        }

        if (Descriptors.IsWrittenFile(descriptor) && !Run.CountFileBytes(bytes.Length))
        {
            return false;
        }

        var result = NativeFile.Write(handle, bytes, Run.Cancellation);

        // A complaint that nobody reads is none.
        State.PipeBroken |= result == WriteResult.NobodyReads && descriptor != 2;
        return result == WriteResult.Written;
    }

    /// <summary>Reads what is there, at least one byte; 0 at the end, -1 when it cannot be read.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the writer.</exception>
    public async ValueTask<int> ReadAsync(int descriptor, Memory<byte> buffer)
    {
        if (Descriptors[descriptor] is not { } handle)
        {
            return -1;
        }

        await Run.Session.Watch(Run.Host).ReadableAsync(handle, Run.Cancellation);
        return NativeFile.TryRead(handle, buffer.Span);
    }
}
