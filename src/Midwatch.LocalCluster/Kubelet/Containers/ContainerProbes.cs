using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Kubelet.Probes;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>The probes of one container instance: startup first, then readiness and liveness side by side.</summary>
internal sealed class ContainerProbes : IAsyncDisposable
{
    private readonly PodContext _pod;
    private readonly ContainerRecord _record;
    private readonly ContainerInstance _instance;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<ProbeSpec> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    public ContainerProbes(PodContext pod, ContainerRecord record, ContainerInstance instance)
    {
        (_pod, _record, _instance) = (pod, record, instance);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Completes when the startup or liveness probe says that the container must be restarted.</summary>
    public Task<ProbeSpec> MustRestart => _failed.Task;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        if (ProbeSpec.Of(_record.Spec, "startupProbe") is { } startup)
        {
            await Prober(startup).RunAsync(Report, ok => ok || Restart(startup), _stop.Token);
            if (_failed.Task.IsCompleted)
            {
                return;
            }

            Publish(_record.Probed(started: true));
        }

        var readiness = ProbeSpec.Of(_record.Spec, "readinessProbe");
        if (readiness is null)
        {
            Publish(_record.Probed(ready: true));
        }

        await Task.WhenAll(
            readiness is null ? Task.CompletedTask : Prober(readiness).RunAsync(Report, SetReady, _stop.Token),
            ProbeSpec.Of(_record.Spec, "livenessProbe") is { } liveness
                ? Prober(liveness).RunAsync(Report, ok => !ok && Restart(liveness), _stop.Token)
                : Task.CompletedTask);
    }

    private Prober Prober(ProbeSpec spec) =>
        new(
            spec,
            new(_pod.Address, _record.Spec, _instance, _pod.Options.Starter),
            _pod.Clients,
            _pod.Options.Time);

    private void Report(string message) => _pod.Record("Warning", "Unhealthy", message, _record);

    private bool SetReady(bool ready)
    {
        Publish(_record.Probed(ready: ready));
        return false;
    }

    private bool Restart(ProbeSpec spec) => _failed.TrySetResult(spec);

    private void Publish(bool changed)
    {
        if (changed)
        {
            _pod.Publish();
        }
    }
}
