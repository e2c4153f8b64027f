using System.Text;
using Midwatch.Shell.Expansion;

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

    /// <summary>A subshell: changes of variables stay in it.</summary>
    public ShellContext Subshell(DescriptorTable descriptors) =>
        this with { State = State.Copy(), Descriptors = descriptors, LoopDepth = 0, Started = null };

    /// <summary>Writes a line to standard error as bash would.</summary>
    public void Complain(string message) => Print(2, $"midwatch: {message}\n");

    /// <summary>Writes to a descriptor; false when nobody reads or it is closed.</summary>
    public bool Print(int descriptor, string text) =>
        Descriptors[descriptor] is { } handle
        && NativeFile.Write(handle, Encoding.UTF8.GetBytes(text), Run.Cancellation);

    public bool Print(int descriptor, ReadOnlySpan<byte> bytes) =>
        Descriptors[descriptor] is { } handle && NativeFile.Write(handle, bytes, Run.Cancellation);
}
