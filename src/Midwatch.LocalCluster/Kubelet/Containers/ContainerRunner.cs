using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Images;
using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Kubelet.Probes;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>
/// The life of one container of a pod: pulled, started, probed, restarted with back-off, until it is done or stopped.
/// </summary>
internal sealed class ContainerRunner(PodContext pod, ContainerRecord record, ContainerStarter starter)
{
    /// <summary>How often a kubelet looks again at what it could not do.</summary>
    public static readonly TimeSpan SyncPeriod = TimeSpan.FromSeconds(10);

    // What a kubelet leaves a program at the least after its preStop hook.
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(2);

    private const int StartErrorExitCode = 128;

    private readonly TimeProvider _time = pod.Options.Time;
    private readonly Backoff _backoff = new(pod.Options.Time);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _hookFailure;

    /// <summary>
    /// Completes when the container has started for the first time: what a sidecar's followers wait for.
    /// </summary>
    public Task FirstStart => _started.Task;

    /// <summary>Runs until the container ended for good or the pod was told to stop. True for a success.</summary>
    public async Task<bool> RunAsync()
    {
        try
        {
            while (true)
            {
                pod.Stop.Asked.ThrowIfCancellationRequested();
                await WaitForTurnAsync(pod.Stop.Asked);
                var image = await new ImagePuller(pod, record).GetAsync(pod.Stop.Asked);
                switch (starter.Start(image))
                {
                    case StartOutcome.Started started:
                        await LiveAsync(started);
                        break;
                    case StartOutcome.NotConfigured refused:
                        await RefuseAsync(refused.Message);
                        continue;
                    case StartOutcome.NotStarted failed:
                        FailToStart(failed.Message);
                        break;
                }

                if (record.State is ContainerState.Terminated end && IsFinal(end))
                {
                    return end.ExitCode == 0;
                }
            }
        }
        catch (OperationCanceledException) when (pod.Stop.Asked.IsCancellationRequested)
        {
            return false;
        }
    }

    private bool IsFinal(ContainerState.Terminated end) =>
        pod.Stop.Asked.IsCancellationRequested || pod.RestartPolicy(record) switch
        {
            "Never" => true,
            "OnFailure" => end.ExitCode == 0,
            _ => false,
        };

    // doBackOff of the kubelet: the first restart is immediate, the second waits 10 s after the end, the third 20 s, …
    private async Task WaitForTurnAsync(CancellationToken ct)
    {
        if (record.State is not ContainerState.Terminated end)
        {
            return;
        }

        if (_hookFailure is { } failure)
        {
            _hookFailure = null;
            record.Wait("PostStartHookError", failure);
            pod.Publish();
            await Task.Delay(SyncPeriod, _time, ct);
        }

        while (_backoff.Remaining(end.FinishedAt) is var remaining && remaining > TimeSpan.Zero)
        {
            var delay = (int)_backoff.Delay.TotalSeconds;
            pod.Record(
                "Warning",
                "BackOff",
                $"Back-off restarting failed container {record.Name} in pod {pod.FullName}",
                record);
            record.Wait(
                "CrashLoopBackOff",
                $"back-off {Go(delay)} restarting failed container={record.Name} pod={pod.FullName}");
            pod.Publish();
            await Task.Delay(remaining < SyncPeriod ? remaining : SyncPeriod, _time, ct);
        }

        _backoff.Next(end.FinishedAt);
    }

    private async Task RefuseAsync(string message)
    {
        pod.Record("Warning", "Failed", $"Error: {message}", record);
        record.Wait("CreateContainerConfigError", message);
        pod.Publish();
        await Task.Delay(SyncPeriod, _time, pod.Stop.Asked);
    }

    private void FailToStart(string message)
    {
        pod.Record("Normal", "Created", $"Created container: {record.Name}", record);
        pod.Record("Warning", "Failed", $"Error: {message}", record);
        record.FailToStart(new(
            StartErrorExitCode,
            "StartError",
            message,
            DateTimeOffset.UnixEpoch,
            _time.GetUtcNow(),
            "containerd://" + pod.Uid));
        pod.Publish();
    }

    private async Task LiveAsync(StartOutcome.Started started)
    {
        var instance = started.Instance;
        pod.Record("Normal", "Created", $"Created container: {record.Name}", record);
        pod.Record("Normal", "Started", $"Started container {record.Name}", record);
        // Until its hook is done the container is not shown to run: who waits for it waits for both.
        _hookFailure = await RunHookAsync(instance, LifecycleHook.AfterStart, pod.Stop.Asked);
        record.Run(instance, started.Image.Id, ProbeSpec.Of(record.Spec, "startupProbe") is not null)?.Log.Delete();
        if (_hookFailure is not null)
        {
            await FailHookAsync(instance);
        }
        else
        {
            _started.TrySetResult();
            pod.Publish();
            await using var probes = new ContainerProbes(pod, record, instance);
            await WaitForEndAsync(instance, probes);
        }

        var status = await instance.Program.Exited;
        await instance.DisposeAsync();
        record.End(new(
            status.ShellCode,
            instance.IsOutOfMemory ? "OOMKilled" : status.Code == 0 ? "Completed" : "Error",
            await TerminationMessage.ReadAsync(record.Spec, instance, status.Code != 0),
            instance.StartedAt,
            _time.GetUtcNow(),
            instance.ContainerId));
        pod.Publish();
    }

    // Null also for one that was given up, as the container ended or its time was over: what follows tells of that.
    private async Task<string?> RunHookAsync(ContainerInstance instance, string name, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var hook = LifecycleHook.RunAsync(pod, record, instance, name, over.Token);
        if (await Task.WhenAny(hook, instance.Program.Exited) != hook)
        {
            await over.CancelAsync();
        }

        try
        {
            return await hook;
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task FailHookAsync(ContainerInstance instance)
    {
        // Its output may hold secrets; only the status tells it.
        pod.Record("Warning", "FailedPostStartHook", "PostStartHook failed", record);
        pod.Record("Normal", "Killing", "FailedPostStartHook", record);
        await EndWithinAsync(instance, Grace);
    }

    private async Task EndWithinAsync(ContainerInstance instance, long grace)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(grace), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, pod.Stop.Killed);
        await EndAsync(instance, either.Token);
    }

    private long Grace => pod.Pod.Body.Number("spec", "terminationGracePeriodSeconds") ?? 30;

    private async Task WaitForEndAsync(ContainerInstance instance, ContainerProbes probes)
    {
        var stop = Task.Delay(Timeout.InfiniteTimeSpan, _time, pod.Stop.Asked);
        var first = await Task.WhenAny(instance.Program.Exited, probes.MustRestart, instance.Resized, stop);
        if (first == probes.MustRestart)
        {
            var probe = await probes.MustRestart;
            pod.Record(
                "Normal",
                "Killing",
                $"Container {record.Name} failed {probe.Name} probe, will be restarted",
                record);
            await EndWithinAsync(instance, probe.GraceSeconds ?? Grace);
        }
        else if (first == instance.Resized)
        {
            pod.Record("Normal", "Killing", $"Container {record.Name} resize requires restart", record);
            await EndWithinAsync(instance, Grace);
        }
        else if (first == stop)
        {
            pod.Record("Normal", "Killing", $"Stopping container {record.Name}", record);
            await EndAsync(instance, pod.Stop.Killed);
        }
    }

    /// <summary>preStop, SIGTERM, and SIGKILL when the time is over.</summary>
    private async Task EndAsync(ContainerInstance instance, CancellationToken kill)
    {
        if (!kill.IsCancellationRequested)
        {
            if (await RunHookAsync(instance, LifecycleHook.BeforeEnd, kill) is not null)
            {
                pod.Record("Warning", "FailedPreStopHook", "PreStopHook failed", record);
            }

            _ = instance.Program.Signal(Signal.Term, wholeGroup: false);
            if (kill.IsCancellationRequested)
            {
                // The hook used up the time.
                await Task.WhenAny(instance.Program.Exited, Task.Delay(LastMoment, _time, CancellationToken.None));
            }
        }

        try
        {
            await instance.Program.Exited.WaitAsync(kill);
        }
        catch (OperationCanceledException) when (kill.IsCancellationRequested)
        {
            _ = instance.Program.Signal(Signal.Kill, wholeGroup: true);
        }
    }

    // "10s", "2m40s", "5m0s": Go's way of writing a duration.
    private static string Go(int seconds) => seconds < 60 ? $"{seconds}s" : $"{seconds / 60}m{seconds % 60}s";
}
