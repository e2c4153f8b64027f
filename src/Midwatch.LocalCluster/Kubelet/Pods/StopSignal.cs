namespace Midwatch.LocalCluster.Kubelet.Pods;

/// <summary>How a pod is told to end: first asked, and killed once its time is over.</summary>
internal sealed class StopSignal(TimeProvider time) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _asked = new();
    private readonly CancellationTokenSource _killed = new();
    private DateTimeOffset? _deadline;
    private ITimer? _timer;

    /// <summary>Cancelled when the pod shall end.</summary>
    public CancellationToken Asked => _asked.Token;

    /// <summary>Cancelled when what still runs is to be killed.</summary>
    public CancellationToken Killed => _killed.Token;

    /// <summary>Asks the pod to end within the time; a later call may shorten it, never lengthen it.</summary>
    public void Ask(TimeSpan grace)
    {
        lock (_lock)
        {
            var deadline = time.GetUtcNow() + grace;
            if (_deadline is { } earlier && earlier <= deadline)
            {
                return;
            }

            _deadline = deadline;
            _timer?.Dispose();
            if (grace > TimeSpan.Zero)
            {
                _timer = time.CreateTimer(_ => _ = _killed.CancelAsync(), null, grace, Timeout.InfiniteTimeSpan);
            }
        }

        if (grace <= TimeSpan.Zero)
        {
            _ = _killed.CancelAsync();
        }

        _ = _asked.CancelAsync();
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _asked.Dispose();
        _killed.Dispose();
    }
}
