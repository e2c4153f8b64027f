namespace Midwatch.LocalCluster.Kubelet;

/// <summary>
/// client-go's flowcontrol.Backoff for one key: the first delay is 10 s, each further one twice as long up to 5 min,
/// and after
/// twice that time without trouble it starts again.
/// </summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private DateTimeOffset? _updated;

    /// <summary>The delay that is in force.</summary>
    public TimeSpan Delay { get; private set; }

    /// <summary>How long to wait still, counted from the moment of trouble; zero for not at all.</summary>
    public TimeSpan Remaining(DateTimeOffset trouble)
    {
        var waited = time.GetUtcNow() - trouble;
        return HasExpired(trouble) || waited >= Delay ? TimeSpan.Zero : Delay - waited;
    }

    /// <summary>Lengthens the delay: the next attempt is being made.</summary>
    public void Next(DateTimeOffset trouble)
    {
        Delay = HasExpired(trouble) ? First : TimeSpan.FromTicks(Math.Min(2 * Delay.Ticks, Longest.Ticks));
        _updated = time.GetUtcNow();
    }

    /// <summary>The attempt succeeded.</summary>
    public void Reset()
    {
        Delay = TimeSpan.Zero;
        _updated = null;
    }

    private bool HasExpired(DateTimeOffset trouble) => _updated is not { } updated || trouble - updated > 2 * Longest;
}
