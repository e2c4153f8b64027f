using System.Collections.Immutable;
using System.ComponentModel;
using System.Net;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.LocalCluster.Kubelet.Images;
using Midwatch.LocalCluster.Kubelet.Probes;
using Midwatch.LocalCluster.Kubelet.Volumes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Managed;

namespace Midwatch.LocalCluster.Kubelet.Pods;

/// <summary>
/// One pod on this node, from its binding until it is gone: volumes, sandbox, init containers, containers, end.
/// </summary>
internal sealed class PodWorker
{
    private static readonly TimeSpan MountRetryFirst = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MountRetryLongest = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan VolumeRefresh = TimeSpan.FromMinutes(1);

    private readonly KubeletOptions _options;
    private readonly PodContext _context;
    private readonly string _directory;
    private readonly PodVolumes _volumes;
    private readonly DateTimeOffset _startedAt;
    private readonly EphemeralContainers _guests = new();
    private readonly PodResize _resize;
    private IPAddress? _address;
    private bool _isGone;
    private string? _evicted;

    public PodWorker(KubeletOptions options, NodeImages images, ProbeClients clients, StoredObject pod)
    {
        _options = options;
        _context = new(options, images, clients, pod, Publish);
        _resize = new(_context, () => Main.Concat(Init.Where(one => one.IsSidecar)));
        _directory = Path.Combine(options.Directory, "pods", pod.Uid);
        _volumes = new(options, _directory);
        _startedAt = options.Time.GetUtcNow();
        Init = Records("initContainers", "PodInitializing");
        Main = Records("containers", Init.IsEmpty ? "ContainerCreating" : "PodInitializing");
        Completion = Task.Run(RunAsync);
    }

    public ImmutableArray<ContainerRecord> Init { get; }

    public ImmutableArray<ContainerRecord> Main { get; }

    /// <summary>Containers that were put into the running pod to look around in it.</summary>
    public ImmutableArray<ContainerRecord> Ephemeral => _guests.Records;

    /// <summary>All containers, in the order in which they came.</summary>
    public IEnumerable<ContainerRecord> All => Init.Concat(Main).Concat(Ephemeral);

    public ObjectKey Key => _context.Pod.Key;

    /// <summary>The pod's address; empty before its sandbox is there.</summary>
    public string Address => _context.Address;

    /// <summary>Completes when nothing of the pod runs any more.</summary>
    public Task Completion { get; }

    /// <summary>A new version of the pod came; a deletion asks it to end.</summary>
    public void Update(StoredObject pod)
    {
        _context.Pod = pod;
        if (pod.IsBeingDeleted)
        {
            var grace = pod.Body.Number("metadata", "deletionGracePeriodSeconds") ?? 30;
            _context.Stop.Ask(TimeSpan.FromSeconds(grace));
        }

        _guests.Welcome();
        Resize();
    }

    /// <summary>A resize waits for room on the node.</summary>
    public bool IsResizePending => _resize.Pending is not null;

    /// <summary>Does what a resize of the pod's manifest asks for, as far as there is room.</summary>
    public void Resize()
    {
        if (!_context.Pod.IsBeingDeleted && _resize.Look())
        {
            Publish();
        }
    }

    /// <summary>The pod's object is gone, or the node stops: everything is killed now.</summary>
    public void Kill()
    {
        _isGone = true;
        _context.Stop.Ask(TimeSpan.Zero);
    }

    public void Record(string type, string reason, string message) => _context.Record(type, reason, message);

    /// <summary>
    /// Where a running container of this pod has a claim, from outside and inside; null when none has.
    /// </summary>
    public MountedClaim? Mounted(ObjectKey claim)
    {
        if (claim.Namespace != Key.Namespace)
        {
            return null;
        }

        var source = _volumes.SourceOf(_context.Pod.Body, claim.Name);
        return source is null ? null : Main.Concat(Init).Select(record => record.State is ContainerState.Running
            && record.Current is { } instance ? MountedClaim.In(instance, record.Spec, source.Value) : null)
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>The first claim of a container that is a disk of its own.</summary>
    public MountedClaim? Disk(JsonObject container, ContainerInstance instance) =>
        _context.Pod.Body.Items("spec", "volumes")
            .Select(volume => volume.Text("persistentVolumeClaim", "claimName"))
            .Select(claim => claim is null ? null : _volumes.SourceOf(_context.Pod.Body, claim))
            .Select(source => source is null ? null : MountedClaim.In(instance, container, source.Value))
            .FirstOrDefault(mounted => mounted is not null && ClaimDisk.IsDisk(mounted.Source));

    /// <summary>The pod's latest version.</summary>
    public StoredObject Pod => _context.Pod;

    /// <summary>The node takes the pod's resources away: it has failed, and its object stays.</summary>
    public void Evict(string message)
    {
        _evicted = message;
        _context.Record("Warning", "Evicted", message);
        _context.Stop.Ask(TimeSpan.Zero);
        Publish();
    }

    /// <summary>Writes the status anew, whoever changed it meanwhile.</summary>
    public void Republish() => Publish();

    /// <summary>Removes logs, folders and the address, once all has ended.</summary>
    public void Clean()
    {
        foreach (var record in All)
        {
            record.Previous?.Log.Dispose();
            record.Current?.Log.Dispose();
        }

        Remove(_directory);
        Remove(Path.Combine(_options.Directory, "logs", $"{Key.Namespace}_{Key.Name}_{_context.Uid}"));
        _context.Stop.Dispose();
    }

    private ImmutableArray<ContainerRecord> Records(string list, string reason) =>
    [
        .. _context.Pod.Body.Items("spec", list)
            .Select(spec => new ContainerRecord(() => _context.Pod, list, spec, new(reason))),
    ];

    private static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task RunAsync()
    {
        Publish();
        try
        {
            var folders = await SetUpVolumesAsync();
            MakeSandbox();
            using var refreshed = CancellationTokenSource.CreateLinkedTokenSource(_context.Stop.Asked);
            var refresh = RefreshVolumesAsync(refreshed.Token);
            await RunContainersAsync(folders);
            await refreshed.CancelAsync();
            await refresh.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (_context.Stop.Asked.IsCancellationRequested)
        {
            // It was told to end before it ran.
            Publish();
        }

        catch (Exception e) when (e is IOException or UnauthorizedAccessException or Win32Exception or FormatException)
        {
            // The machine has no room, rights or descriptors left: the pod says so, ends what runs, and stays unready.
            _context.Record(
                "Warning",
                "FailedCreatePodSandBox",
                $"Failed to create pod sandbox: rpc error: code = Unknown desc = {e.Message}");
            _context.Stop.Ask(TimeSpan.Zero);
        }

        if (_address is { } address)
        {
            _options.Network.PodAddresses.Release(address);
        }
    }

    private async Task<ImmutableDictionary<string, string>> SetUpVolumesAsync()
    {
        for (var retry = MountRetryFirst; ; retry = Longer(retry))
        {
            var (folders, failures) = _volumes.SetUp(_context.Pod.Body);
            if (failures.IsEmpty)
            {
                return folders;
            }

            foreach (var failure in failures)
            {
                _context.Record("Warning", "FailedMount", failure);
            }

            await Task.Delay(retry, _options.Time, _context.Stop.Asked);
        }

        static TimeSpan Longer(TimeSpan retry) => retry * 2 < MountRetryLongest ? retry * 2 : MountRetryLongest;
    }

    // ConfigMaps, Secrets and tokens in volumes follow their sources, within a minute as on a real node.
    private async Task RefreshVolumesAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(VolumeRefresh, _options.Time);
        while (await timer.WaitForNextTickAsync(ct))
        {
            _ = _volumes.SetUp(_context.Pod.Body);
            _volumes.SetUpServiceAccount(_context.Pod.Body);
        }
    }

    // As in Kubernetes the pod has its address before its images are pulled.
    private void MakeSandbox()
    {
        if (_context.Pod.Body.Flag("spec", "hostNetwork"))
        {
            _context.Address = _options.Network.NodeAddress(_options.NodeIndex).ToString();
        }
        else
        {
            _address = _options.Network.PodAddresses.Allocate()
                ?? throw new IOException("All pod addresses of the cluster are in use.");
            _context.Address = _address.ToString();
        }

        _volumes.SetUpServiceAccount(_context.Pod.Body);
        Publish();
    }

    private async Task RunContainersAsync(ImmutableDictionary<string, string> folders)
    {
        var sidecars = new List<Task<bool>>();
        foreach (var record in Init)
        {
            var runner = Runner(record, folders);
            var running = runner.RunAsync();
            if (record.IsSidecar)
            {
                sidecars.Add(running);
                await Task.WhenAny(runner.FirstStart, running);
            }
            else if (!await running)
            {
                Publish();
                return;
            }
        }

        _guests.Open(record => Runner(record, folders).RunAsync(), () => _context.Pod);
        await Task.WhenAll(Main.Select(record => Runner(record, folders).RunAsync()));
        if (!_guests.Records.IsEmpty)
        {
            _context.Stop.Ask(TimeSpan.Zero);
            await _guests.CloseAsync();
        }

        if (sidecars.Count > 0)
        {
            var grace = _context.Pod.Body.Number("spec", "terminationGracePeriodSeconds") ?? 30;
            _context.Stop.Ask(TimeSpan.FromSeconds(grace));
            await Task.WhenAll(sidecars);
        }

        Publish();
    }

    private ContainerRunner Runner(ContainerRecord record, ImmutableDictionary<string, string> folders) =>
        new(_context, record, new(_context, record, _directory, _volumes.WithServiceAccount(folders)));

    private void Publish()
    {
        if (_isGone)
        {
            return;
        }

        var status = new PodStatus(
            Init,
            Main,
            _context.Address,
            _options.Network.NodeAddress(_options.NodeIndex).ToString(),
            _startedAt,
            _context.Pod.IsBeingDeleted)
        {
            Ephemeral = Ephemeral,
            PendingResize = _resize.Pending,
        };
        var now = _options.Time.GetUtcNow();
        var key = _context.Pod.Key;
        _ = _options.Store.Mutate(
            key, FieldOwnership.Noted(key, FieldOwnership.Kubelet, now, pod => WriteIfSame(pod, status, now)));
    }

    private void WriteIfSame(JsonObject pod, PodStatus status, DateTimeOffset now)
    {
        // Meanwhile another pod may have the name.
        if (ObjectMetadata.Text(pod, "uid") == _context.Uid)
        {
            status.WriteTo(pod, now);
            if (_evicted is { } message)
            {
                var written = pod.Need("status");
                (written["phase"], written["reason"], written["message"]) = ("Failed", "Evicted", message);
            }
        }
    }
}
