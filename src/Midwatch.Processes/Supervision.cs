using System.Collections.Concurrent;

namespace Midwatch.Processes;

/// <summary>
/// Knows the programs that run, and what became of their descendants. This process is a sub-reaper: a descendant whose
/// parent died becomes our child, so it can be killed safely (its number is ours until we wait for it) and leaves no
/// zombie.
/// </summary>
internal sealed class Supervision(EventLoop loop, Watchdog watchdog, string ownerMark)
{
    private const int TickMilliseconds = 4;
    private const int EndingTicksMax = 500;
    private const int SweepMilliseconds = 100;
    private const int CensusMilliseconds = 300;
    private const int LookAgainMilliseconds = 500;
    private const int StrangerMilliseconds = 5000;

    private readonly ConcurrentDictionary<int, RunningProgram> _programs = new();
    private readonly HashSet<int> _adopted = [];
    private readonly Dictionary<int, Sighting> _seen = [];
    private readonly int _ownGroup = Native.GroupOf(0);
    private readonly List<Ending> _endings = [];
    private bool _sweepIsDue;
    private bool _lookIsDue;
    private bool _tickIsDue;
    private bool _censusIsDue;

    public ICollection<RunningProgram> Programs => _programs.Values;

    public StartsInFlight Starts { get; } = new();

    public void Add(RunningProgram program)
    {
        watchdog.Guard(program.ProcessGroupId);
        _programs[program.ProcessId] = program;
        if (program.ProcessesMax is not null)
        {
            loop.Post(CensusSoon);
        }
    }

    /// <summary>Signals what is left of a program that ended itself.</summary>
    public bool SignalOrphans(RunningProgram program, Signal signal)
    {
        var orphans = Orphans(program);
        // Before one dies of it: a dead process does not tell any more that it was ours to reap.
        loop.Post(() => _adopted.UnionWith(orphans.Select(orphan => orphan.Pid)));
        return orphans.Sum(entry => !entry.Dead && Native.Kill(entry.Pid, (int)signal) == 0 ? 1 : 0) > 0;
    }

    /// <summary>Kills and reaps what a dead program left behind.</summary>
    public Task EndOrphansAsync(RunningProgram program)
    {
        var ending = new Ending(program);
        loop.Post(() =>
        {
            _endings.Add(ending);
            TickAfter(0);
        });
        return ending.Done.Task;
    }

    /// <summary>SIGCHLD came: in a moment, look for adopted children that ended.</summary>
    public void SweepSoon() => loop.Post(() =>
    {
        if (!_sweepIsDue)
        {
            _sweepIsDue = true;
            loop.After(SweepMilliseconds, Sweep);
        }
    });

    private void CensusSoon()
    {
        if (!_censusIsDue)
        {
            _censusIsDue = true;
            loop.After(CensusMilliseconds, Census);
        }
    }

    /// <summary>
    /// Counts the processes of programs that may be only so many; most often one look at /proc tells.
    /// </summary>
    private void Census()
    {
        _censusIsDue = false;
        var limited = _programs.Values
            .Where(program => program.ProcessesMax is not null && !program.Exited.IsCompleted).ToList();
        if (limited.Count == 0)
        {
            return;
        }

        if (ProcessTable.Count() > limited.Min(program => program.ProcessesMax))
        {
            var all = ProcessTable.All().Where(entry => !entry.Dead).ToList();
            foreach (var program in limited.Where(program => CountOf(program, all) > program.ProcessesMax))
            {
                program.EndForItsNumber();
            }
        }

        CensusSoon();
    }

    private static int CountOf(RunningProgram program, List<ProcessTable.Entry> all) => all.Count(entry =>
        entry.Group == program.ProcessGroupId || ProcessTable.Carries(entry.Pid, program.Mark));

    private List<ProcessTable.Entry> Orphans(RunningProgram program)
    {
        var children = ProcessTable.Children();
        return children.FindAll(child => !IsDirect(child.Pid) && IsOf(program, child, children));
    }

    // A number is not given again while a group has it. So when the dead leader's number belongs to a process, the
    // group of that number is somebody else's: of another starter in this process, perhaps.
    private static bool IsOf(RunningProgram program, ProcessTable.Entry child, List<ProcessTable.Entry> children) =>
        ProcessTable.Carries(child.Pid, program.Mark)
        || (child.Group == program.ProcessGroupId && !children.Exists(other => other.Pid == child.Group));

    private bool IsDirect(int pid) =>
        pid == watchdog.ProcessId || (_programs.TryGetValue(pid, out var program) && !program.Exited.IsCompleted);

    private void TickAfter(int milliseconds)
    {
        if (!_tickIsDue)
        {
            _tickIsDue = true;
            loop.After(milliseconds, Tick);
        }
    }

    // One look at the table serves all programs that are ending.
    private void Tick()
    {
        _tickIsDue = false;
        var children = ProcessTable.Children();
        _endings.RemoveAll(ending => IsOver(ending, children));
        if (_endings.Count > 0)
        {
            TickAfter(TickMilliseconds);
        }
    }

    private bool IsOver(Ending ending, List<ProcessTable.Entry> children)
    {
        var orphans = children.FindAll(child => !IsDirect(child.Pid) && IsOf(ending.Program, child, children));
        foreach (var orphan in orphans)
        {
            _ = Native.Kill(orphan.Pid, (int)Signal.Kill);
            if (Native.WaitFor(orphan.Pid, out _, Native.WaitNoHang) != orphan.Pid)
            {
                _adopted.Add(orphan.Pid);
            }
        }

        // Children of those just killed are adopted in turn, so only a look that finds nobody is the last one.
        ending.TicksLeft--;
        if (orphans.Count > 0 && ending.TicksLeft > 0)
        {
            return false;
        }

        watchdog.Release(ending.Program.ProcessGroupId);
        _programs.TryRemove(new(ending.Program.ProcessId, ending.Program));
        ending.Done.TrySetResult();
        return true;
    }

    private void Sweep()
    {
        _sweepIsDue = false;
        var children = ProcessTable.Children();
        var lastStart = Starts.Last;
        children.RemoveAll(child => IsDirect(child.Pid) || child.Group == _ownGroup);
        Forget(children);
        var isOneLeft = false;
        foreach (var child in children)
        {
            _seen.TryAdd(child.Pid, new Sighting(lastStart, DeadSince: null));
            if (!child.Dead)
            {
                Adopt(child);
            }
            else if (!MayBeStarting(child)
                && (_adopted.Contains(child.Pid) || IsOfADeadGroup(child) || IsOldStranger(child.Pid)))
            {
                _ = Native.WaitFor(child.Pid, out _, Native.WaitNoHang);
            }
            else
            {
                isOneLeft = true;
            }
        }

        if (isOneLeft && !_lookIsDue)
        {
            _lookIsDue = true;
            loop.After(LookAgainMilliseconds, LookAgain);
        }
    }

    private void LookAgain()
    {
        _lookIsDue = false;
        SweepSoon();
    }

    private void Forget(List<ProcessTable.Entry> children)
    {
        var there = children.Select(child => child.Pid).ToHashSet();
        _adopted.IntersectWith(there);
        foreach (var gone in _seen.Keys.Except(there).ToList())
        {
            _seen.Remove(gone);
        }
    }

    // Asked in this order: what was in flight when the child was seen is known by now, or still in flight.
    private bool MayBeStarting(ProcessTable.Entry child) =>
        child.Pid == child.Group && (Starts.AnyUpTo(_seen[child.Pid].LastStart) || IsDirect(child.Pid));

    // Not the leader itself: a dead one of that number, which we have reaped before, is another starter's program.
    private bool IsOfADeadGroup(ProcessTable.Entry child) =>
        child.Pid != child.Group && _programs.ContainsKey(child.Group);

    private void Adopt(ProcessTable.Entry child)
    {
        if (!_adopted.Contains(child.Pid) && ProcessTable.Carries(child.Pid, ownerMark))
        {
            _adopted.Add(child.Pid);
        }
    }

    // A dead child has no environment any more: it may be a program of another starter in this process, which reaps its
    // own within milliseconds, or within a second on a machine that is far too busy. Who is dead for longer than five
    // has no other owner.
    private bool IsOldStranger(int pid)
    {
        var since = _seen[pid].DeadSince ?? EventLoop.Now;
        _seen[pid] = _seen[pid] with { DeadSince = since };
        return EventLoop.Now - since > StrangerMilliseconds;
    }

    /// <summary>When a child was first seen that is none of the programs.</summary>
    /// <param name="LastStart">The last start that had begun by then.</param>
    /// <param name="DeadSince">When it was first seen dead.</param>
    private readonly record struct Sighting(long LastStart, long? DeadSince);

    /// <summary>A program that ended, whose descendants are being ended.</summary>
    private sealed class Ending(RunningProgram program)
    {
        public RunningProgram Program { get; } = program;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int TicksLeft { get; set; } = EndingTicksMax;
    }
}
