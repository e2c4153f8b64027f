using System.Collections.Immutable;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Runs controllers side by side, fed by one watch over the whole store.</summary>
internal sealed class ControllerHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ObjectStore _store;
    private readonly ImmutableArray<ControllerLoop> _loops;
    private readonly Task _running;

    private ControllerHost(ObjectStore store, ImmutableArray<ControllerLoop> loops)
    {
        _store = store;
        _loops = loops;
        _running = Task.WhenAll([PumpAsync(), .. loops.Select(loop => Task.Run(() => loop.RunAsync(_stop.Token)))]);
    }

    /// <param name="report">Takes one line for the cluster's own log when a controller cannot cope with an
    /// object.</param>
    public static ControllerHost Start(
        ObjectStore store, ImmutableArray<IController> controllers, TimeProvider time, Action<string> report) =>
        new(store, [.. controllers.Select(controller => new ControllerLoop(controller, time, report))]);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var loop in _loops)
        {
            loop.Dispose();
        }

        _stop.Dispose();
    }

    private async Task PumpAsync()
    {
        // A watch that fell too far behind is ended by the store; the next one starts with everything there is.
        while (!_stop.IsCancellationRequested)
        {
            using var watch =
                _store.Watch(new StoreScope(Group: null, Plural: null, Namespace: null), fromRevision: null);
            await foreach (var change in watch.WithCancellation(_stop.Token))
            {
                foreach (var loop in _loops)
                {
                    loop.Offer(change);
                }
            }
        }
    }
}
