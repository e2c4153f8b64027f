namespace Midwatch.Shell.Interpretation;

/// <summary>A command that was sent to the background with <c>&amp;</c>.</summary>
internal sealed class BackgroundJob : IDisposable
{
    private readonly CancellationTokenSource _cancel = new();

    /// <summary>
    /// Gets or sets what <c>$!</c> gave: the process id of a program, or a number of the session's own.
    /// </summary>
    public int Number { get; set; }

    /// <summary>Gets which subshell has started it.</summary>
    public required object Owner { get; init; }

    /// <summary>Gets whether it is a process substitution, which <c>wait</c> leaves out.</summary>
    public bool IsSubstitution { get; init; }

    /// <summary>Gets or sets whether it reads what a command writes, so that it ends by itself soon after.</summary>
    public bool Reads { get; set; }

    /// <summary>Gets or sets whether <c>wait -n</c> has told of it.</summary>
    public bool WasWaitedFor { get; set; }

    /// <summary>Gets or sets the exit status, when it has ended; never faults.</summary>
    public Task<int> Completion { get; set; } = Task.FromResult(0);

    public CancellationToken Cancellation => _cancel.Token;

    /// <summary>Gets the status of a job that was ended before it ended by itself; null for others.</summary>
    public int? KilledStatus { get; private set; }

    /// <summary>Ends it with everything it started.</summary>
    /// <param name="status">What waiting for it gives: 128 and the number of the signal that was asked for.</param>
    public void Kill(int status)
    {
        if (!Completion.IsCompleted)
        {
            KilledStatus ??= status;
            _cancel.Cancel();
        }
    }

    public void Dispose() => _cancel.Dispose();
}
