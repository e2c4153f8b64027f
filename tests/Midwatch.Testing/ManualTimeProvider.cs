namespace Midwatch.Testing;

/// <summary>
/// A clock that only the test moves. Timers fire inside <see cref="Advance"/>, in the order of their due times, on the
/// thread that advances; use <see cref="WaitForTimerAsync"/> to know that the code under test is waiting.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];
    private DateTimeOffset _now;

    /// <summary>Starts at midnight of 2026-01-01 UTC unless told otherwise.</summary>
    public ManualTimeProvider(DateTimeOffset? start = null) =>
        _now = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, firing every timer that becomes due on the way at its own moment.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        while (NextDue(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            _now = end;
        }
    }

    /// <summary>
    /// Moves the clock to the earliest armed timer and fires what is due then; nothing when none is armed.
    /// </summary>
    public void AdvanceToNextTimer()
    {
        DateTimeOffset? due;
        lock (_lock)
        {
            due = _timers.Min(timer => timer.DueAt);
        }

        if (due is { } at)
        {
            Advance(at > GetUtcNow() ? at - GetUtcNow() : TimeSpan.Zero);
        }
    }

    /// <summary>Waits until so many timers are armed at the same time.</summary>
    public Task WaitForTimerAsync(int count = 1)
    {
        lock (_lock)
        {
            if (Armed() >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiters.Add((count, reached));
            return reached.Task;
        }
    }

    private int Armed() => _timers.Count(timer => timer.DueAt is not null);

    private ManualTimer? NextDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt);
            if (next?.DueAt is { } due)
            {
                _now = due > _now ? due : _now;
                next.TakeNeedsLock(_now);
            }

            return next;
        }
    }

    private void Arm(ManualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            if (!_timers.Contains(timer))
            {
                _timers.Add(timer);
            }

            timer.SetNeedsLock(dueTime == Timeout.InfiniteTimeSpan ? null : _now + dueTime, period);
            var armed = Armed();
            foreach (var (count, reached) in _waiters.ToArray())
            {
                if (armed >= count)
                {
                    reached.TrySetResult();
                    _waiters.Remove((count, reached));
                }
            }
        }
    }

    private void Remove(ManualTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    private sealed class ManualTimer(ManualTimeProvider time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public DateTimeOffset? DueAt { get; private set; }

        public void SetNeedsLock(DateTimeOffset? dueAt, TimeSpan period) => (DueAt, _period) = (dueAt, period);

        public void TakeNeedsLock(DateTimeOffset now) => DueAt = _period > TimeSpan.Zero ? now + _period : null;

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Arm(this, dueTime, period);
            return true;
        }

        public void Dispose() => time.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
