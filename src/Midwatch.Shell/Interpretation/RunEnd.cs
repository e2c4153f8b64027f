namespace Midwatch.Shell.Interpretation;

/// <summary>What ends every wait of a run: the caller's cancellation, or a refusal within the run.</summary>
internal sealed class RunEnd : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _source;
    private bool _disposed;

    public RunEnd(CancellationToken cancellationToken)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _source.Token;
    }

    public CancellationToken Token { get; }

    /// <summary>
    /// Ends them, but not on this thread: what waited would go on within the command that was refused.
    /// </summary>
    public void Cancel()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _ = _source.CancelAsync();
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _source.Dispose();
        }
    }
}
