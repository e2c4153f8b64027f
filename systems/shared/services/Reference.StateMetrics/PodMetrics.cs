using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Reference.Telemetry;

namespace Reference.StateMetrics;

/// <summary>What the API says of pods, under the names that kube-state-metrics gives it.</summary>
internal sealed class PodMetrics
{
    private static readonly string[] Phases = ["Pending", "Running", "Succeeded", "Failed", "Unknown"];
    private static readonly string[] Container = ["namespace", "pod", "container"];

    private readonly Metric _phase = Gauge("kube_pod_status_phase", "1 for the phase a pod is in.", "phase");
    private readonly Metric _ready = Gauge("kube_pod_status_ready", "1 for what is so.", "condition");
    private readonly Metric _restarts = new(MetricKind.Counter, "kube_pod_container_status_restarts_total",
        "How often a container was started again.", Container);

    private readonly Metric _waiting = OfContainer(
        "kube_pod_container_status_waiting_reason", "Why a container waits.", "reason");

    private readonly Metric _initial = OfContainer(
        "kube_pod_init_container_status_waiting_reason", "Why an init container waits.", "reason");

    private readonly Metric _ended = OfContainer(
        "kube_pod_container_status_last_terminated_reason", "Why a container ended the last time.", "reason");

    private readonly Metric _limits = OfContainer(
        "kube_pod_container_resource_limits", "A container's limits, in cores and bytes.", "resource");

    public ImmutableArray<IMetric> All => [_phase, _ready, _restarts, _waiting, _initial, _ended, _limits];

    /// <summary>Takes the pods as they are; those that are gone have no series any more.</summary>
    public void Read(IEnumerable<JsonObject> pods)
    {
        foreach (var metric in All.Cast<Metric>())
        {
            metric.Clear();
        }

        foreach (var pod in pods)
        {
            Read(pod, pod.Text("metadata", "namespace"), pod.Text("metadata", "name"));
        }
    }

    private void Read(JsonObject pod, string space, string name)
    {
        foreach (var phase in Phases)
        {
            _phase.Set(pod.Text("status", "phase") == phase ? 1 : 0, space, name, phase);
        }

        var ready = pod.Items("status", "conditions")
            .Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");
        _ready.Set(ready ? 1 : 0, space, name, "true");
        _ready.Set(ready ? 0 : 1, space, name, "false");
        foreach (var container in pod.Items("spec", "containers"))
        {
            foreach (var resource in (string[])["cpu", "memory"])
            {
                if (Amount.Parse(container.At("resources", "limits", resource)?.ToString()) is { } limit)
                {
                    _limits.Set(limit, space, name, container.Text("name"), resource);
                }
            }
        }

        foreach (var status in pod.Items("status", "initContainerStatuses"))
        {
            Reason(_initial, status.Text("state", "waiting", "reason"), space, name, status.Text("name"));
        }

        foreach (var status in pod.Items("status", "containerStatuses"))
        {
            var container = status.Text("name");
            _restarts.Set(status.Number("restartCount"), space, name, container);
            Reason(_waiting, status.Text("state", "waiting", "reason"), space, name, container);
            Reason(_ended, status.Text("lastState", "terminated", "reason"), space, name, container);
        }
    }

    private static void Reason(Metric metric, string reason, string space, string pod, string container)
    {
        if (reason.Length > 0)
        {
            metric.Set(1, space, pod, container, reason);
        }
    }

    private static Metric Gauge(string name, string help, string label) =>
        new(MetricKind.Gauge, name, help, "namespace", "pod", label);

    private static Metric OfContainer(string name, string help, string label) =>
        new(MetricKind.Gauge, name, help, [.. Container, label]);
}
