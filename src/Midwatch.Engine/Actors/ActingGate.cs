namespace Midwatch.Engine.Actors;

/// <summary>
/// Restraint over all incidents of the process: one actor per namespace at a time, and the count of the last hour.
/// </summary>
internal sealed class ActingGate : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<DateTimeOffset>> _actions = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn; dispose the answer to give it on.</summary>
    public async Task<IDisposable> EnterAsync(string? place, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn;
        lock (_lock)
        {
            if (!_turns.TryGetValue(place ?? string.Empty, out var known))
            {
                _turns[place ?? string.Empty] = known = new SemaphoreSlim(1);
            }

            turn = known;
        }

        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    /// <summary>Counts an action; also those of earlier runs, read from their intents, oldest first.</summary>
    public void Count(string? place, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (!_actions.TryGetValue(place ?? string.Empty, out var times))
            {
                _actions[place ?? string.Empty] = times = new Queue<DateTimeOffset>();
            }

            times.Enqueue(at);
        }
    }

    public int CountInLastHour(string? place, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_actions.TryGetValue(place ?? string.Empty, out var times))
            {
                return 0;
            }

            while (times.TryPeek(out var oldest) && oldest <= now - Window)
            {
                times.Dequeue();
            }

            return times.Count;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var turn in _turns.Values)
            {
                turn.Dispose();
            }

            _turns.Clear();
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
