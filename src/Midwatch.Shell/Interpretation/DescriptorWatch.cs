using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// Waits for pipes to have bytes, all of them in one thread: a thread of the pool for each would leave none for the
/// commands that write.
/// </summary>
internal sealed class DescriptorWatch(ProgramPipe wake) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Waiter> _waiters = [];
    private Thread? _thread;
    private bool _stopped;

    /// <summary>Completes when a read would not block: there are bytes, or the end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before that.</exception>
    public async ValueTask ReadableAsync(SafeFileHandle handle, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (handle.IsClosed || NativePoll.IsReady(handle, NativePoll.In, 0))
        {
            return;
        }

        var waiter = new Waiter(handle);
        lock (_gate)
        {
            _waiters.Add(waiter);
            if (_thread is null && !_stopped)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "midwatch shell" };
                _thread.Start();
            }
        }

        Wake();
        await using var registration = cancellationToken.Register(() =>
        {
            waiter.Done.TrySetCanceled(cancellationToken);
            Wake();
        });
        await waiter.Done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        Wake();
        _thread?.Join();
        wake.Dispose();
    }

    private void Wake()
    {
        if (!wake.Writer.IsClosed)
        {
            NativeFile.Write(wake.Writer, [0], CancellationToken.None);
        }
    }

    private void Run()
    {
        var wakes = new byte[256];
        while (Snapshot() is { } waiters)
        {
            var ready = NativePoll.Wait([wake.Reader, .. waiters.Select(waiter => waiter.Handle)]);
            if (ready[0])
            {
                NativeFile.TryRead(wake.Reader, wakes);
            }

            for (var i = 0; i < waiters.Length; i++)
            {
                if (ready[i + 1])
                {
                    waiters[i].Done.TrySetResult();
                }
            }
        }
    }

    /// <summary>Who still waits; null when the watch has ended.</summary>
    private Waiter[]? Snapshot()
    {
        lock (_gate)
        {
            _waiters.RemoveAll(waiter => waiter.Done.Task.IsCompleted);
            return _stopped ? null : [.. _waiters];
        }
    }

    private sealed class Waiter(SafeFileHandle handle)
    {
        public SafeFileHandle Handle { get; } = handle;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
