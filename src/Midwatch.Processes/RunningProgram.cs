using System.Collections.Immutable;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes;

/// <summary>
/// A program that was started. It lives until it ends by itself or this is disposed. Safe to use from many threads.
/// </summary>
public sealed class RunningProgram : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly Supervision _supervision;
    private readonly SafeFileHandle? _processHandle;
    private readonly TaskCompletionSource<ExitStatus> _exited =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _reaped;
    private Task? _ended;

    internal RunningProgram(Supervision supervision, int processId, string mark, SafeFileHandle? processHandle)
    {
        _supervision = supervision;
        _processHandle = processHandle;
        ProcessId = processId;
        Mark = mark;
    }

    /// <summary>The process id of the program itself.</summary>
    public int ProcessId { get; }

    /// <summary>The process group it was started in; the same number, as it leads its own group.</summary>
    public int ProcessGroupId => ProcessId;

    /// <summary>
    /// Completes when the program itself ended; what it started in the background may still run. Never faults.
    /// </summary>
    public Task<ExitStatus> Exited => _exited.Task;

    /// <summary>Whether it was ended because it had become more processes than it may be.</summary>
    public bool HadTooManyProcesses { get; private set; }

    internal int? ProcessesMax { get; init; }

    /// <summary>Ends it, as it is more processes than it may be.</summary>
    internal void EndForItsNumber()
    {
        HadTooManyProcesses = true;
        _ = DisposeAsync().AsTask();
    }

    /// <summary>What its descendants carry in their environment.</summary>
    internal string Mark { get; }

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">The signal; <see cref="Processes.Signal.None"/> only asks.</param>
    /// <param name="wholeGroup">True reaches everything that is still in the program's group; false only the
    /// program.</param>
    /// <returns>False when there is nobody left to receive it.</returns>
    public bool Signal(Signal signal, bool wholeGroup)
    {
        lock (_gate)
        {
            // Until it is reaped its number cannot be given to somebody else.
            if (!_reaped)
            {
                return Native.Kill(wholeGroup ? -ProcessId : ProcessId, (int)signal) == 0;
            }
        }

        return wholeGroup && _supervision.SignalOrphans(this, signal);
    }

    /// <summary>
    /// Sends a signal to every process that descends from the program, also to those that left its group, and to
    /// children that have overwritten their environment, as PostgreSQL's do. Looks at all processes of the machine, so
    /// it costs milliseconds: for stopping and continuing, not for every day.
    /// </summary>
    /// <returns>How many received it.</returns>
    public int SignalAll(Signal signal) =>
        Family([.. ProcessTable.All()]).Count(entry => !entry.Dead && Native.Kill(entry.Pid, (int)signal) == 0);

    private IEnumerable<ProcessTable.Entry> Family(ImmutableArray<ProcessTable.Entry> all)
    {
        var ours = all.Where(entry => entry.Group == ProcessGroupId || ProcessTable.Carries(entry.Pid, Mark)).ToArray();
        var known = ours.Select(entry => entry.Pid).ToHashSet();
        while (ours.Length > 0)
        {
            foreach (var entry in ours)
            {
                yield return entry;
            }

            ours = [.. all.Where(entry => known.Contains(entry.Parent) && known.Add(entry.Pid))];
        }
    }

    /// <summary>
    /// Kills the group and every descendant that left it, waits until they are gone (2 s at most), and reaps them.
    /// </summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _ended ??= EndAsync();
            return new(_ended);
        }
    }

    /// <summary>
    /// Called on the loop when the process handle says that it ended. True when there is more to wait for.
    /// </summary>
    internal bool Reap()
    {
        ExitStatus status;
        lock (_gate)
        {
            if (_reaped)
            {
                return false;
            }

            var answer = Native.WaitFor(ProcessId, out var word, Native.WaitNoHang);
            if (answer == 0)
            {
                return true;
            }

            _reaped = true;
            // Somebody else in this process waited for our child: that it ended is all that is known.
            status = answer == ProcessId ? ExitStatus.FromWait(word) : new(255, null);
        }

        _processHandle?.Dispose();
        _exited.TrySetResult(status);
        return false;
    }

    private async Task EndAsync()
    {
        _ = Signal(Processes.Signal.Kill, wholeGroup: true);
        await Exited;
        await _supervision.EndOrphansAsync(this);
    }
}
