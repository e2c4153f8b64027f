namespace Midwatch.Cli.Clusters;

/// <summary>
/// Gives back what a cluster used while it worked, once it rests: a cluster stays up for hours beside everything else
/// on a laptop, and the runtime keeps what it once took.
/// </summary>
/// <param name="allocated">Bytes that were ever taken (<see cref="GC.GetTotalAllocatedBytes(bool)"/>).</param>
/// <param name="giveBack">Collects everything and returns free memory to the machine; takes some tens of ms.</param>
internal sealed class IdleMemory(TimeProvider time, Func<long> allocated, Action giveBack)
{
    /// <summary>How often is looked.</summary>
    internal static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    /// <summary>Bytes within a period below which the cluster rests: probes, leases and a client or two.</summary>
    internal const long Resting = 8 << 20;

    /// <summary>Bytes taken since the last time that make a collection worth it at once.</summary>
    internal const long Worth = 32 << 20;

    /// <summary>The same after <see cref="Pause"/>: what two hundred idle pods leave behind in that time.</summary>
    internal const long WorthInTime = 1 << 20;

    /// <summary>Looks between two collections for so little: ten seconds.</summary>
    internal const int Pause = 5;

    /// <summary>Watches the memory of this process.</summary>
    public static IdleMemory OfThisProcess(TimeProvider time) => new(
        time,
        () => GC.GetTotalAllocatedBytes(precise: false),
        () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));

    /// <summary>Watches until cancelled; does not throw then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        var (given, seen, looks) = (0L, allocated(), 0);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = allocated();
                looks++;
                if (now - seen < Resting && now - given > (looks >= Pause ? WorthInTime : Worth))
                {
                    giveBack();
                    (given, looks) = (now, 0);
                }

                seen = now;
            }
        }
        catch (OperationCanceledException)
        {
            // The cluster goes down.
        }
    }
}
