using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Kubelet.Images;
using Midwatch.LocalCluster.Kubelet.Logs;
using Midwatch.LocalCluster.Kubelet.Nodes;
using Midwatch.LocalCluster.Kubelet.Pods;
using Midwatch.LocalCluster.Kubelet.Probes;
using Midwatch.LocalCluster.Kubelet.Rules;
using Midwatch.LocalCluster.Kubelet.Sessions;
using Midwatch.LocalCluster.Kubelet.Usage;
using Midwatch.LocalCluster.Kubelet.Volumes;
using Midwatch.LocalCluster.Objects;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet;

/// <summary>One node: runs the pods that are bound to it as processes of this machine, and answers for them.</summary>
internal sealed class KubeletNode : INodeRuntime, IAsyncDisposable
{
    // What a node needs for volumes and sandbox once the containers have ended; a real one takes longer. `kubectl
    // delete` waits by name: it must be watching before a StatefulSet has a new pod of that name, or waits for that
    // one.
    private static readonly TimeSpan TearDown = TimeSpan.FromMilliseconds(500);

    private readonly KubeletOptions _options;
    private readonly NodeImages _images;
    private readonly ProbeClients _clients = new();
    private readonly NodeReporter _reporter;
    private readonly UsageMeter _meter;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, PodWorker> _workers = new();
    private readonly ConcurrentDictionary<string, Task> _endings = new();
    private readonly Task _running;
    private int _disposed;

    private KubeletNode(KubeletOptions options)
    {
        _options = options = options with
        {
            Directory = Path.GetFullPath(options.Directory),
            ProgramsDirectory = Path.GetFullPath(options.ProgramsDirectory),
        };
        _images = new(options.ImageDirectories, options.Time);
        _reporter = new(options);
        _meter = new(options.NodeName, options.Time, AddMetered);
        var growth = new ClaimGrowth(options, () => _workers.Values);
        _running = Task.WhenAll(Task.Run(FollowAsync), Task.Run(() => growth.FollowAsync(_stop.Token)));
    }

    /// <summary>Registers the node and starts to follow its pods.</summary>
    public static KubeletNode Start(KubeletOptions options) => new(options);

    /// <inheritdoc/>
    public Task<LogResult> ReadLogAsync(PodLogRequest request, Stream output, CancellationToken ct) =>
        Find(request.Namespace, request.Pod) is { } worker
            ? PodLogs.ReadAsync(worker.All, request, output, ct)
            : Task.FromResult<LogResult>(new LogResult.Unavailable(
                $"container \"{request.Container}\" in pod \"{request.Pod}\" is waiting to start: ContainerCreating"));

    /// <inheritdoc/>
    public async ValueTask<Stream?> ConnectAsync(string ns, string pod, int port, CancellationToken ct)
    {
        if (Find(ns, pod) is not { } worker || !IPAddress.TryParse(worker.Address, out var address))
        {
            return null;
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }

    /// <inheritdoc/>
    public SessionStart Exec(SessionRequest request) => Running(request) is { } instance
        ? ExecSession.Start(instance, request)
        : NoContainer(request);

    /// <inheritdoc/>
    public SessionStart Attach(SessionRequest request) => Running(request) is { } instance
        ? new SessionStart.Opened(new AttachSession(instance, request.Stdin))
        : NoContainer(request);

    /// <inheritdoc/>
    public ImmutableArray<UsageSample> Usage() => _meter.Samples;

    /// <summary>True when the pod runs here.</summary>
    public bool Has(string ns, string pod) => Find(ns, pod) is not null;

    /// <summary>
    /// Stops or continues all processes of a container, for faults. How many were reached; 0 when it does not run.
    /// </summary>
    /// <param name="signal"><see cref="Signal.Stop"/> or <see cref="Signal.Cont"/>.</param>
    public int SignalContainer(string ns, string pod, string container, Signal signal) =>
        Running(ns, pod, container)?.Program.SignalAll(signal) ?? 0;

    public string Name => _options.NodeName;

    /// <summary>A silent node runs on, but the control plane does not hear of it.</summary>
    public void SetSilent(bool silent)
    {
        if (_reporter.IsSilent == silent)
        {
            return;
        }

        _reporter.SetSilent(silent);
        if (!silent)
        {
            foreach (var worker in _workers.Values)
            {
                worker.Republish();
            }
        }
    }

    /// <summary>The node has the image no more; containers that run go on.</summary>
    public void Forget(string image) => _images.Remove(image);

    /// <summary>The containers that run here, for rules.</summary>
    public IEnumerable<RuledContainer> RunningContainers() =>
        from worker in _workers.Values
        from record in worker.Main
        let instance = record.State is ContainerState.Running ? record.Current : null
        where instance is not null
        select new RuledContainer(
            worker.Pod, record.Name, instance, worker, worker.Disk(record.Spec, instance), _options);

    /// <summary>Takes what fills a disk off it, while nobody has it mounted; what is in the way, or null.</summary>
    public string? EndFill(string disk) => !File.Exists(disk) ? null
        : ClaimDisk.Remove(_options.Starter, disk, RuledContainer.FillName);

    /// <summary>Kills everything that runs here; the pods' objects stay as they are.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var worker in _workers.Values)
        {
            worker.Kill();
        }

        await Task.WhenAll(_workers.Values.Select(worker => worker.Completion))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_endings.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var worker in _workers.Values)
        {
            worker.Clean();
        }

        await _meter.DisposeAsync();
        await _reporter.DisposeAsync();
        _clients.Dispose();
        _stop.Dispose();
    }

    private ContainerInstance? Running(SessionRequest request) =>
        Running(request.Namespace, request.Pod, request.Container);

    private ContainerInstance? Running(string ns, string pod, string container) =>
        Find(ns, pod) is { } worker && worker.All.FirstOrDefault(one => one.Name == container)
            is { State: ContainerState.Running, Current: { } instance }
            ? instance
            : null;

    private static SessionStart.NoContainer NoContainer(SessionRequest request) =>
        new($"container not found (\"{request.Container}\")");

    private PodWorker? Find(string ns, string pod) =>
        _workers.Values.FirstOrDefault(worker => worker.Key.Name == pod && worker.Key.Namespace == ns);

    // Every second, also at rest: nothing is made for it.
    private void AddMetered(List<MeteredContainer> all)
    {
        foreach (var (_, worker) in _workers)
        {
            AddMetered(worker, worker.Init, all);
            AddMetered(worker, worker.Main, all);
            AddMetered(worker, worker.Ephemeral, all);
        }
    }

    private static void AddMetered(
        PodWorker worker, ImmutableArray<ContainerRecord> records, List<MeteredContainer> all)
    {
        foreach (var record in records)
        {
            if (record is { State: ContainerState.Running, Current: { } instance })
            {
                all.Add(new(worker.Key.Namespace ?? "", worker.Key.Name, record.Name, instance, record.MemoryLimit));
            }
        }
    }

    private async Task FollowAsync()
    {
        // A watch that fell too far behind is ended by the store; the next one starts with everything there is.
        while (!_stop.IsCancellationRequested)
        {
            using var watch = _options.Store.Watch("", "pods", null, null);
            EndMissing();
            await foreach (var change in watch.WithCancellation(_stop.Token))
            {
                if (change.Object.Text("spec", "nodeName") == _options.NodeName)
                {
                    Take(change);
                }
            }
        }
    }

    private void EndMissing()
    {
        var there = _options.Store.List("", "pods", null).Select(pod => pod.Uid).ToHashSet();
        foreach (var uid in _workers.Keys.Where(uid => !there.Contains(uid)))
        {
            EndGone(uid);
        }
    }

    private void Take(StoreEvent change)
    {
        var pod = change.Object;
        if (change.Type == StoreEventType.Deleted)
        {
            EndGone(pod.Uid);
            foreach (var waiting in _workers.Values.Where(one => one.IsResizePending))
            {
                waiting.Resize();
            }

            return;
        }

        if (!_workers.TryGetValue(pod.Uid, out var worker))
        {
            if (pod.Body.Text("status", "phase") is "Succeeded" or "Failed" && !pod.IsBeingDeleted)
            {
                return;
            }

            worker = _workers[pod.Uid] = new PodWorker(_options, _images, _clients, pod);
        }

        worker.Update(pod);
        if (pod.IsBeingDeleted)
        {
            _ = _endings.GetOrAdd(pod.Uid, _ => PurgeAsync(worker, pod));
        }
    }

    // All containers ended: the pod's object goes too, and its deletion event cleans up.
    private async Task PurgeAsync(PodWorker worker, StoredObject pod)
    {
        await worker.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pod.Body.Number("metadata", "deletionGracePeriodSeconds") is not 0)
        {
            await Task.Delay(TearDown, _options.Time, _stop.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // A finalizer, such as a Job's that still has to count the pod, keeps the object for a moment longer.
        if (!_stop.IsCancellationRequested)
        {
            _ = _options.Store.Delete(pod.Key, new DeleteOptions(GracePeriodSeconds: 0, Uid: pod.Uid));
        }
    }

    private void EndGone(string uid)
    {
        if (!_workers.TryGetValue(uid, out var worker))
        {
            return;
        }

        worker.Kill();
        _endings[uid] = CleanAsync(worker, uid);
    }

    private async Task CleanAsync(PodWorker worker, string uid)
    {
        await worker.Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_workers.TryRemove(uid, out _))
        {
            worker.Clean();
        }

        _ = _endings.TryRemove(uid, out _);
    }
}
