using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes;

/// <summary>
/// One thread that sleeps in poll(2) until a program ends, a pipe has bytes, somebody posts work, or a deadline comes.
/// A blocked thread per pipe, as FileStream has it, would cost four hundred threads for two hundred pods.
/// </summary>
internal sealed class EventLoop : IDisposable
{
    private readonly OsPipe _wake = OsPipe.Create();
    private readonly ConcurrentQueue<Action> _posted = new();
    private readonly PriorityQueue<Action, long> _timers = new();
    private readonly List<SafeFileHandle> _handles = [];
    private readonly List<Func<bool>> _readyCallbacks = [];
    private readonly Thread _thread;

    // The thread sleeps with it in hand: it lies where nothing is moved, or the megabytes around it would stay too.
    private Native.PollEntry[] _entries = GC.AllocateArray<Native.PollEntry>(16, pinned: true);
    private volatile bool _stopped;

    public EventLoop()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "midwatch programs" };
        _thread.Start();
    }

    /// <summary>Milliseconds of a clock that only goes forward.</summary>
    internal static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1000);

    /// <summary>Runs the work on the loop's thread, after what was posted before it.</summary>
    public unsafe void Post(Action work)
    {
        _posted.Enqueue(work);
        byte signal = 1;
        try
        {
            _ = Native.Write(_wake.Write, &signal, 1);
        }
        catch (ObjectDisposedException)
        {
            // The loop is gone: programs were ended with it, and nobody waits for this work.
            _posted.Clear();
        }
    }

    /// <summary>
    /// Calls back on the loop's thread whenever the handle can be read, until the callback answers false.
    /// </summary>
    public void WhenReadable(SafeFileHandle handle, Func<bool> ready) => Post(() => Add(handle, ready));

    /// <summary>Runs the work after the delay. To be called on the loop's thread only.</summary>
    public void After(int milliseconds, Action work) => _timers.Enqueue(work, Now + milliseconds);

    public void Dispose()
    {
        Post(() => _stopped = true);
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        _wake.Dispose();
    }

    private void Run()
    {
        Add(_wake.Read, DrainWake);
        while (!_stopped)
        {
            WaitForSomething();
            CallReady();
            while (_posted.TryDequeue(out var work))
            {
                work();
            }

            while (_timers.TryPeek(out _, out var due) && due <= Now)
            {
                _timers.Dequeue()();
            }
        }
    }

    private void Add(SafeFileHandle handle, Func<bool> ready)
    {
        _handles.Add(handle);
        _readyCallbacks.Add(ready);
        if (_entries.Length < _handles.Count)
        {
            var more = GC.AllocateArray<Native.PollEntry>(_entries.Length * 2, pinned: true);
            _entries.CopyTo(more, 0);
            _entries = more;
        }

        _entries[_handles.Count - 1] =
            new() { Descriptor = (int)handle.DangerousGetHandle(), Events = Native.PollIn };
    }

    private unsafe void WaitForSomething()
    {
        var timeout = _timers.TryPeek(out _, out var due) ? (int)Math.Clamp(due - Now, 0, int.MaxValue) : -1;
        fixed (Native.PollEntry* entries = _entries)
        {
            if (Native.Poll(entries, (nuint)_handles.Count, timeout) <= 0)
            {
                // Nothing, or a signal interrupted the wait: the fields of an earlier round must not be believed.
                for (var i = 0; i < _handles.Count; i++)
                {
                    entries[i].Returned = 0;
                }
            }
        }
    }

    private void CallReady()
    {
        // Backwards, so that the entry which takes the place of a finished one was seen already.
        for (var i = _handles.Count - 1; i >= 0; i--)
        {
            if (_entries[i].Returned == 0 || _readyCallbacks[i]())
            {
                continue;
            }

            var last = _handles.Count - 1;
            (_handles[i], _readyCallbacks[i], _entries[i]) = (_handles[last], _readyCallbacks[last], _entries[last]);
            _handles.RemoveAt(last);
            _readyCallbacks.RemoveAt(last);
        }
    }

    private unsafe bool DrainWake()
    {
        const int Room = 256;
        var buffer = stackalloc byte[Room];
        _ = Native.Read(_wake.Read, buffer, Room);
        return true;
    }
}
