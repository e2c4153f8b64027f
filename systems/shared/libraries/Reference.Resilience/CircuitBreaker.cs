namespace Reference.Resilience;

/// <summary>
/// Leaves a failing dependency alone: open after some failures in a row, then half open for a few tries at a time, and
/// closed again when one of them works.
/// </summary>
/// <remarks>Safe to use from many threads. Who was let through must report how it went.</remarks>
/// <param name="failuresMax">How many failures in a row open it.</param>
/// <param name="openFor">How long it stays open before it lets something try.</param>
/// <param name="trials">How many may try at once while it is half open.</param>
/// <param name="time">The clock.</param>
public sealed class CircuitBreaker(int failuresMax, TimeSpan openFor, int trials, TimeProvider time)
{
    private readonly Lock _gate = new();
    private int _failures;
    private int _trying;
    private DateTimeOffset? _openUntil;

    /// <summary>Gets what it does with the next request.</summary>
    public CircuitState State
    {
        get
        {
            lock (_gate)
            {
                return _openUntil is not { } until ? CircuitState.Closed
                    : time.GetUtcNow() < until ? CircuitState.Open : CircuitState.HalfOpen;
            }
        }
    }

    /// <summary>Asks to pass.</summary>
    /// <returns>Null when the request may pass; else how long to wait.</returns>
    public TimeSpan? Refuses()
    {
        lock (_gate)
        {
            if (_openUntil is not { } until)
            {
                return null;
            }

            if (until - time.GetUtcNow() is { Ticks: > 0 } left)
            {
                return left;
            }

            // A try that never reports (its process was stopped in the middle) must not close the way for ever.
            if (_trying >= trials)
            {
                _trying = 0;
                _openUntil = time.GetUtcNow() + openFor;
                return openFor;
            }

            _trying++;
            return null;
        }
    }

    /// <summary>Tells it how a request that was let through went.</summary>
    public void Report(bool worked)
    {
        lock (_gate)
        {
            _failures = worked ? 0 : _failures + 1;
            if (worked)
            {
                (_openUntil, _trying) = (null, 0);
            }
            else if (_openUntil is not null || _failures >= failuresMax)
            {
                (_openUntil, _trying) = (time.GetUtcNow() + openFor, 0);
            }
        }
    }
}
