using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>What a pod's row says, after Kubernetes' printPod.</summary>
internal sealed class PodCells
{
    private readonly JsonObject _pod;
    private DateTimeOffset? _lastRestart;
    private long _restarts;
    private int _ready;
    private int _total;

    private PodCells(JsonObject pod)
    {
        _pod = pod;
        Status = FieldPath.Text(pod, ".status.phase");
    }

    public string Status { get; private set; }

    public string Ready => string.Create(CultureInfo.InvariantCulture, $"{_ready}/{_total}");

    public static PodCells Of(JsonObject pod)
    {
        var cells = new PodCells(pod);
        cells.Read();
        return cells;
    }

    public string Restarts(DateTimeOffset now) =>
        _restarts == 0 || _lastRestart is null
            ? _restarts.ToString(CultureInfo.InvariantCulture)
            : string.Create(
                CultureInfo.InvariantCulture, $"{_restarts} ({HumanDuration.Since(_lastRestart, now)} ago)");

    private void Read()
    {
        _total = FieldPath.Items(_pod, ".spec.containers").Count()
            + FieldPath.Items(_pod, ".spec.initContainers").Count(IsSidecar);
        Status = FieldPath.Text(_pod, ".status.reason", Status);
        if (Condition("PodScheduled")?["reason"]?.GetValue<string>() == "SchedulingGated")
        {
            Status = "SchedulingGated";
        }

        var sidecarRestarts = 0L;
        var initializing = ReadInitContainers(ref sidecarRestarts);
        if (!initializing || Condition("Initialized")?["status"]?.GetValue<string>() == "True")
        {
            _restarts = sidecarRestarts;
            ReadContainers();
        }

        if (_pod["metadata"]?["deletionTimestamp"] is null)
        {
            return;
        }

        if (FieldPath.Text(_pod, ".status.reason") == "NodeLost")
        {
            Status = "Unknown";
        }
        else if (FieldPath.Text(_pod, ".status.phase") is not ("Succeeded" or "Failed"))
        {
            Status = "Terminating";
        }
    }

    private bool ReadInitContainers(ref long sidecarRestarts)
    {
        var specs = FieldPath.Items(_pod, ".spec.initContainers").ToList();
        var index = 0;
        foreach (var status in FieldPath.Items(_pod, ".status.initContainerStatuses"))
        {
            var isSidecar = specs
                .Exists(one => FieldPath.Text(one, "name") == FieldPath.Text(status, "name") && IsSidecar(one));
            CountRestarts(status);
            sidecarRestarts += isSidecar ? FieldPath.Number(status, "restartCount") : 0;
            var terminated = status["state"]?["terminated"];
            if (terminated is not null && FieldPath.Number(terminated, "exitCode") == 0)
            {
                index++;
                continue;
            }

            if (isSidecar && status["started"]?.GetValue<bool>() == true)
            {
                _ready += status["ready"]?.GetValue<bool>() == true ? 1 : 0;
                index++;
                continue;
            }

            var waiting = FieldPath.Text(status, ".state.waiting.reason");
            Status = terminated is not null
                ? $"Init:{Ended(terminated)}"
                : waiting is not ("" or "PodInitializing")
                    ? $"Init:{waiting}"
                    : string.Create(CultureInfo.InvariantCulture, $"Init:{index}/{specs.Count}");
            return true;
        }

        return false;
    }

    private void ReadContainers()
    {
        var hasRunning = false;
        foreach (var status in FieldPath.Items(_pod, ".status.containerStatuses").Reverse())
        {
            CountRestarts(status);
            var waiting = FieldPath.Text(status, ".state.waiting.reason");
            if (waiting.Length > 0)
            {
                Status = waiting;
            }
            else if (status["state"]?["terminated"] is { } terminated)
            {
                Status = Ended(terminated);
            }
            else if (status["ready"]?.GetValue<bool>() == true && status["state"]?["running"] is not null)
            {
                hasRunning = true;
                _ready++;
            }
        }

        if (Status == "Completed" && hasRunning)
        {
            Status = Condition("Ready")?["status"]?.GetValue<string>() == "True" ? "Running" : "NotReady";
        }
    }

    private void CountRestarts(JsonObject status)
    {
        _restarts += FieldPath.Number(status, "restartCount");
        var ended = KubernetesTime.Parse(FieldPath.Text(status, ".lastState.terminated.finishedAt"));
        if (ended > _lastRestart || _lastRestart is null)
        {
            _lastRestart = ended;
        }
    }

    private JsonObject? Condition(string type) =>
        FieldPath.Items(_pod, ".status.conditions").FirstOrDefault(one => FieldPath.Text(one, "type") == type);

    private static bool IsSidecar(JsonObject container) => FieldPath.Text(container, "restartPolicy") == "Always";

    private static string Ended(JsonNode terminated) =>
        FieldPath.Text(terminated, "reason") is { Length: > 0 } reason
            ? reason
            : FieldPath.Number(terminated, "signal") is > 0 and var signal
                ? string.Create(CultureInfo.InvariantCulture, $"Signal:{signal}")
                : string.Create(CultureInfo.InvariantCulture, $"ExitCode:{FieldPath.Number(terminated, "exitCode")}");
}
