using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Kubelet.Sessions;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Managed;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>The three simulated nodes of the recording: pods without containers.</summary>
internal sealed class FakeNodes : INodeRuntime, IAsyncDisposable
{
    private static readonly TimeSpan ToReady = TimeSpan.FromMilliseconds(100);

    private readonly ObjectStore _store;
    private readonly EventRecorder _events;
    private readonly FakePod _pods = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, bool> _taken = new();
    private readonly Task _running;
    private int _address = 10;
    private int _pending;

    public FakeNodes(ObjectStore store, EventRecorder events)
    {
        _store = store;
        _events = events;
        foreach (var number in Enumerable.Range(1, 3))
        {
            FakeNodeObject.Create(store, number);
            var name = $"node-{number}";
            var node = store.Get(new ObjectKey("", "nodes", null, name))!;
            events.Record(node, "Normal", "Starting", "Starting kubelet.", "kubelet", fieldPath: null, name);
        }

        _running = Task.WhenAll(FollowAsync(), RenewAsync());
    }

    public async Task<LogResult> ReadLogAsync(PodLogRequest request, Stream output, CancellationToken ct)
    {
        var lines = Enumerable.Range(1, 10).Select(line => $"{request.Container} line {line} of {request.Pod}\n");
        var stamp = request.Timestamps
            ? TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z ", CultureInfo.InvariantCulture)
            : "";
        var text = string.Concat(lines.TakeLast((int)(request.TailLines ?? 10)).Select(line => stamp + line));
        var bytes = Encoding.UTF8.GetBytes(text);
        await output.WriteAsync(bytes, ct);
        return new LogResult.Written();
    }

    public ValueTask<Stream?> ConnectAsync(string ns, string pod, int port, CancellationToken ct) => new((Stream?)null);

    public SessionStart Exec(SessionRequest request) =>
        new SessionStart.NoContainer($"container not found (\"{request.Container}\")");

    public SessionStart Attach(SessionRequest request) => Exec(request);

    public ImmutableArray<UsageSample> Usage() => [];

    /// <summary>Something will happen to a pod here without anybody's doing.</summary>
    public bool IsWorking => Volatile.Read(ref _pending) > 0;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RenewAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            foreach (var number in Enumerable.Range(1, 3))
            {
                FakeNodeObject.Renew(_store, number);
            }

            await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System, _stop.Token);
        }
    }

    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var watch = _store.Watch("", "pods", null, null);
            await foreach (var change in watch.WithCancellation(_stop.Token))
            {
                var pod = change.Object;
                if (change.Type != StoreEventType.Deleted
                    && pod.Body.Text("spec", "nodeName") is "node-1" or "node-2" or "node-3" or "node-4")
                {
                    Take(pod);
                }
            }
        }
    }

    private void Take(StoredObject pod)
    {
        if (pod.IsBeingDeleted)
        {
            // Nobody is at home on the node that is an object and nothing else.
            if (!IsUnattended(pod) && _taken.TryAdd(pod.Uid + "/end", true))
            {
                _ = CountedAsync(PurgeAsync(pod));
            }
        }
        else if (FakePod.Mode(pod.Body) != "pending" && _taken.TryAdd(pod.Uid, true))
        {
            _ = CountedAsync(RunAsync(pod));
        }
    }

    private async Task CountedAsync(Task work)
    {
        _ = Interlocked.Increment(ref _pending);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = Interlocked.Decrement(ref _pending);
    }

    // A node that is an object and nothing else: the recording's driver wrote the status of its pods itself.
    private static bool IsUnattended(StoredObject pod) => pod.Body.Text("spec", "nodeName") == "node-4";

    private async Task PurgeAsync(StoredObject pod)
    {
        if (pod.Body.Text("status", "phase") == "Running")
        {
            foreach (var container in FakePod.Containers(pod.Body))
            {
                _events.Record(pod, "Normal", "Killing", $"Stopping container {container.Text("name")}", "kubelet",
                    fieldPath: null, pod.Body.Text("spec", "nodeName"));
            }
        }

        await Task.Delay(ToReady, TimeProvider.System, _stop.Token);
        if (_store.Get(pod.Key)?.Uid == pod.Uid)
        {
            _ = _store.Purge(pod.Key);
        }
    }

    private async Task RunAsync(StoredObject pod)
    {
        await Task.Delay(ToReady, TimeProvider.System, _stop.Token);
        var address = $"10.8.0.{Interlocked.Increment(ref _address) % 250}";
        Write(pod, body =>
        {
            if (IsUnattended(pod))
            {
                _pods.Claim(body);
            }
            else
            {
                _pods.Start(body, address);
            }
        });
        if (IsUnattended(pod))
        {
            return;
        }

        Tell(pod);
        var mode = FakePod.Mode(pod.Body);
        if ((pod.Body.Text("spec", "restartPolicy") ?? "Always") == "Always" || mode == "notready")
        {
            return;
        }

        var seconds = pod.Body.Text("metadata", "annotations", "fakekubelet/run-seconds") ?? "2";
        await Task.Delay(
            TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)), TimeProvider.System, _stop.Token);
        Write(pod, body => _pods.End(body, isGood: mode != "fail"));
    }

    private void Write(StoredObject pod, Action<System.Text.Json.Nodes.JsonObject> change) => _ = _store.Mutate(
        pod.Key, FieldOwnership.Noted(pod.Key, "fakekubelet", TimeProvider.System.GetUtcNow(), change));

    private void Tell(StoredObject pod)
    {
        var node = pod.Body.Text("spec", "nodeName");
        void Say(string type, string reason, string message) => _events.Record(
            pod, type, reason, message, "kubelet", fieldPath: null, node);
        foreach (var container in pod.Body.Items("spec", "initContainers").Concat(FakePod.Containers(pod.Body)))
        {
            var name = container.Text("name") ?? "";
            var image = container.Text("image");
            if (FakePod.Mode(pod.Body) == "imagepull")
            {
                Say("Normal", "Pulling", $"Pulling image \"{image}\"");
                Say("Warning", "Failed", $"Failed to pull image \"{image}\": not found");
                Say("Warning", "Failed", "Error: ErrImagePull");
                continue;
            }

            Say("Normal", "Pulled", $"Container image \"{image}\" already present on machine");
            Say("Normal", "Created", "Container created");
            Say("Normal", "Started", "Container started");
            if (FakePod.Mode(pod.Body) is "crash" or "oom")
            {
                // Once for each of the two restarts.
                var backOff = $"Back-off restarting failed container {name} in pod "
                    + $"{pod.Key.Name}_{pod.Key.Namespace}({pod.Uid})";
                Say("Warning", "BackOff", backOff);
                Say("Warning", "BackOff", backOff);
            }
        }
    }
}
