using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster.Faults;

/// <summary>Reverts faults whose lease is over, from within the cluster's own process.</summary>
internal sealed class FaultExpiry : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly ClusterDirectory _directory;
    private readonly string _data;
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    /// <param name="data">The data directory of this cluster.</param>
    /// <param name="report">Takes a line for the cluster's own log.</param>
    public FaultExpiry(string data, TimeProvider time, Action<string> report)
    {
        (_directory, _data, _time, _report) = (ClusterDirectory.Of(data), data, time, report);
        _running = Task.Run(RunAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var leases = new FaultLeases(_directory.Faults);
        using var timer = new PeriodicTimer(Look, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token))
        {
            foreach (var lease in leases.Active())
            {
                if (lease.Fault.ExpiresAt is { } end && end <= _time.GetUtcNow())
                {
                    await RevertAsync(lease);
                }
            }
        }
    }

    private async Task RevertAsync(FaultLease lease)
    {
        using var injector = new FaultInjector(new FaultCatalog("", []), "default", _data, _time, _report);
        if (await injector.EndAsync(lease, _stop.Token) is FaultOutcome.Failed failed)
        {
            _report($"the fault {lease.Fault.Id} in {lease.Fault.Place} is over: {failed.Reason}");
        }
    }
}
