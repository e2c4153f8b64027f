using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>
/// What the kubelet knows of one container of a pod. Written by its runner, read by whoever writes the pod's status.
/// </summary>
/// <param name="pod">The pod's latest version: what the manifest says is not kept a second time.</param>
/// <param name="list">Where in its spec the container is, as "initContainers".</param>
internal sealed class ContainerRecord(
    Func<StoredObject> pod, string list, JsonObject spec, ContainerState.Waiting first)
{
    private readonly Lock _lock = new();
    private ContainerState _state = first;
    private ContainerState.Terminated? _last;
    private int _attempts;
    private int _restarts;
    private bool _ready;
    private bool? _started = false;
    private string _imageId = "";
    private ContainerInstance? _current;
    private ContainerInstance? _previous;

    /// <summary>What the manifest says of it.</summary>
    public JsonObject Spec => pod().Body.Items("spec", list).First(one => one.Text("name") == Name);

    /// <summary>Bytes that its processes may have; null for no limit.</summary>
    public long? MemoryLimit { get; private set; } = ResourceAmount.MemoryLimit(spec);

    /// <summary>The requests and limits in force, as JSON: they follow the manifest when there is room.</summary>
    public string Resources { get; private set; } = ResourcesOf(spec);

    /// <summary>What the manifest wants, in the same form.</summary>
    public static string ResourcesOf(JsonObject spec) =>
        spec.At("resources") is JsonObject { Count: > 0 } some ? some.ToJsonString() : "{}";

    /// <summary>Puts what the manifest wants now into force.</summary>
    public void Resize(JsonObject wanted)
    {
        lock (_lock)
        {
            (Resources, MemoryLimit) = (ResourcesOf(wanted), ResourceAmount.MemoryLimit(wanted));
        }
    }

    public string Name { get; } = spec.Text("name") ?? "";

    public string Image { get; } = spec.Text("image") ?? "";

    public bool IsInit { get; } = list == "initContainers";

    /// <summary>Put into the pod while it runs, to look around; never restarted.</summary>
    public bool IsEphemeral { get; } = list == "ephemeralContainers";

    /// <summary>An init container that stays: restartPolicy Always, a "sidecar".</summary>
    public bool IsSidecar { get; } = list == "initContainers" && spec.Text("restartPolicy") == "Always";

    public ContainerState State
    {
        get
        {
            // Asked for every second: no closure.
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public ContainerState.Terminated? Last => Read(() => _last);

    public bool IsReady => Read(() => _ready);

    public bool HasStarted => Read(() => _started == true);

    /// <summary>The instance that runs, or that ran last.</summary>
    public ContainerInstance? Current
    {
        get
        {
            // Asked for every second: no closure.
            lock (_lock)
            {
                return _current;
            }
        }
    }

    /// <summary>The one before it, as far as its log is still kept.</summary>
    public ContainerInstance? Previous => Read(() => _previous);

    /// <summary>How many instances were made, also those that did not start.</summary>
    public int Attempts => Read(() => _attempts);

    public int Restarts => Read(() => _restarts);

    /// <summary>The container waits; how its last instance ended moves to the last state.</summary>
    public void Wait(string reason, string? message = null)
    {
        lock (_lock)
        {
            _last = _state as ContainerState.Terminated ?? _last;
            _state = new ContainerState.Waiting(reason, message);
            (_ready, _started) = (false, false);
        }
    }

    /// <summary>A new instance runs. Returns the log that nobody can ask for any more.</summary>
    public ContainerInstance? Run(ContainerInstance instance, string imageId, bool hasStartupProbe)
    {
        lock (_lock)
        {
            _last = _state as ContainerState.Terminated ?? _last;
            _restarts += _attempts++ == 0 ? 0 : 1;
            var forgotten = _previous;
            (_previous, _current) = (_current, instance);
            _state = new ContainerState.Running(instance.StartedAt);
            (_ready, _started, _imageId) = (false, !hasStartupProbe, imageId);
            return forgotten;
        }
    }

    /// <summary>The runtime made an instance but could not start it: it counts as a restart all the same.</summary>
    public void FailToStart(ContainerState.Terminated end)
    {
        lock (_lock)
        {
            _restarts += _attempts++ == 0 ? 0 : 1;
            _last = end;
            _state = end;
            (_ready, _started) = (false, false);
        }
    }

    public void End(ContainerState.Terminated end)
    {
        lock (_lock)
        {
            _last = _state as ContainerState.Terminated ?? _last;
            _state = end;
            (_ready, _started) = (false, false);
        }
    }

    /// <summary>Sets what the probes found; false when nothing changed.</summary>
    public bool Probed(bool? started = null, bool? ready = null)
    {
        lock (_lock)
        {
            var before = (_started, _ready);
            _started = started ?? _started;
            _ready = ready ?? _ready;
            return before != (_started, _ready);
        }
    }

    /// <summary>core/v1 ContainerStatus.</summary>
    public JsonObject ToJson()
    {
        lock (_lock)
        {
            var status = new JsonObject();
            if (_current is { } current)
            {
                var resources = (JsonObject)JsonNode.Parse(Resources)!;
                if (resources.At("requests") is { } requests)
                {
                    status["allocatedResources"] = requests.DeepClone();
                }

                status["containerID"] = current.ContainerId;
                status["resources"] = resources;
            }

            status["image"] = Image;
            status["imageID"] = _imageId;
            status["lastState"] = _last is null || _last == _state ? new JsonObject() : _last.ToJson();
            status["name"] = Name;
            status["ready"] = _ready || (IsInit && !IsSidecar && _state is ContainerState.Terminated { ExitCode: 0 });
            status["restartCount"] = _restarts;
            status["started"] = _started;
            status["state"] = _state.ToJson();
            return status;
        }
    }

    private T Read<T>(Func<T> field)
    {
        lock (_lock)
        {
            return field();
        }
    }
}
