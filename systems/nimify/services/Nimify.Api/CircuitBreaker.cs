namespace Nimify.Api;

/// <summary>
/// Leaves a failing dependency alone for a while: open after some failures in a row, then one try at a time.
/// </summary>
/// <remarks>Safe to use from many threads.</remarks>
internal sealed class CircuitBreaker(int failuresMax, TimeSpan openFor, TimeProvider time)
{
    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _openUntil = DateTimeOffset.MinValue;

    /// <summary>Gets how long it stays open; zero when requests may pass.</summary>
    public TimeSpan Remaining
    {
        get
        {
            lock (_gate)
            {
                var left = _openUntil - time.GetUtcNow();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Tells it how a try went.</summary>
    public void Report(bool worked)
    {
        lock (_gate)
        {
            _failures = worked ? 0 : _failures + 1;
            if (_failures >= failuresMax)
            {
                _openUntil = time.GetUtcNow() + openFor;
            }
        }
    }
}
