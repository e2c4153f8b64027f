using System.Globalization;
using System.Text.Json;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Phases, readiness and restarts of pods; their containers are the <see cref="ContainerObserver"/>'s.
/// </summary>
internal sealed class PodObserver(ClusterPicture picture, Notebook notebook)
{
    private const int ManyRestarts = 3;

    public void Observe()
    {
        foreach (var (subject, pod) in picture.Pods())
        {
            ObservePod(subject, pod);
        }
    }

    /// <summary>Whether a pod is where it should be: Ready, or done.</summary>
    public static bool IsWell(JsonElement pod) =>
        pod.Text("status", "phase") == "Succeeded" || pod.Condition("Ready").Text("status") == "True";

    /// <summary>Since when a pod is not Ready, as its condition says; null when it is.</summary>
    public static DateTimeOffset? UnreadySince(JsonElement pod) =>
        IsWell(pod)
            ? null
            : pod.Condition("Ready").Time("lastTransitionTime") ?? pod.Time("metadata", "creationTimestamp");

    private void ObservePod(Subject subject, JsonElement pod)
    {
        var source = $"GET /api/v1/namespaces/{subject.Namespace}/pods";
        var since = UnreadySince(pod);
        var phase = pod.Text("status", "phase") ?? "Unknown";
        var isGoing = pod.Text("metadata", "deletionTimestamp") is not null;
        Note Of(string type, string value, string detail = "") =>
            new(type, subject, value, source) { Detail = detail, Since = since, MayBeFinding = !isGoing };

        notebook.Note(Of("pod-phase", phase, pod.Text("status", "message") ?? ""));
        if (phase is not "Succeeded" and not "Failed")
        {
            var ready = pod.Condition("Ready");
            notebook.Note(
                Of("pod-ready", ready.Text("status") == "True" ? "true" : "false", ready.Text("message") ?? ""));
        }

        if (pod.Text("status", "reason") is { Length: > 0 } reason)
        {
            notebook.Note(Of("pod-reason", reason, pod.Text("status", "message") ?? ""));
        }

        var scheduled = pod.Condition("PodScheduled");
        if (scheduled.Text("status") == "False" && scheduled.Text("message") is { } message)
        {
            var values = MessageClasses.Default.ClassifyAll("unschedulable", message);
            foreach (var value in values.IsEmpty ? ["other"] : values)
            {
                notebook.Note(Of("unschedulable", value, message));
            }
        }

        var containers =
            pod.Items("status", "initContainerStatuses").Concat(pod.Items("status", "containerStatuses")).ToArray();
        var restarts = containers.Sum(container => container.Number("restartCount") ?? 0);
        var amount = restarts switch { 0 => "none", < ManyRestarts => "some", _ => "many" };
        notebook.Note(Of("restarts", amount, restarts.ToString(CultureInfo.InvariantCulture)) with
        {
            // Restarts of a pod that is Ready are past.
            MayBeFinding = since is not null && !isGoing,
        });
        foreach (var container in containers)
        {
            new ContainerObserver(notebook, pod, isGoing).Observe(
                subject with { Container = container.Text("name") }, container, source, picture);
        }
    }
}
