using System.Text.Json;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Warnings that the cluster recorded about objects that are still there, and what their messages mean.
/// </summary>
internal sealed class EventObserver(ClusterPicture picture, Notebook notebook)
{
    private static readonly TimeSpan Recent = TimeSpan.FromHours(1);

    public static DateTimeOffset LastSeen(JsonElement one) =>
        one.Time("series", "lastObservedTime") ?? one.Time("lastTimestamp") ?? one.Time("eventTime")
        ?? one.Time("metadata", "creationTimestamp") ?? DateTimeOffset.MinValue;

    public void Observe()
    {
        var pods = picture.Pods().ToDictionary(pod => (pod.Subject.Namespace, pod.Subject.Name), pod => pod.Body);
        foreach (var one in picture["events"]
            .Where(one => one.Text("type") != "Normal" && notebook.TakenAt - LastSeen(one) <= Recent))
        {
            var kind = (one.Text("involvedObject", "kind") ?? "").Lower();
            var subject = new Subject(
                kind, one.Text("involvedObject", "namespace") ?? one.Namespace(),
                one.Text("involvedObject", "name") ?? "");
            if (kind == "pod" && pods.TryGetValue((subject.Namespace, subject.Name), out var pod))
            {
                var isPast = IsPast(one, pod);
                Note(subject, one, mayBeFinding: !isPast);
                if (!isPast)
                {
                    Explain(subject, one, pod);
                }
            }
            else if (kind != "pod" && Whole(subject) is { } owner)
            {
                Note(owner, one,
                    mayBeFinding: kind is not ("replicaset" or "deployment" or "statefulset") || IsShort(owner));
                Refusal(owner, one);
            }
        }
    }

    // What was said of a pod that is Ready now, or before it last was, belongs to a start-up that is over; one that is
    // going fails its probes as it ends. Times have no fractions of a second.
    private static bool IsPast(JsonElement one, JsonElement pod) =>
        PodObserver.IsWell(pod)
        || pod.Text("metadata", "deletionTimestamp") is not null
        || (one.Text("reason") == "Unhealthy"
            && PodObserver.UnreadySince(pod) is { } since && LastSeen(one) < since.AddSeconds(-1));

    private void Note(Subject subject, JsonElement one, bool mayBeFinding) =>
        notebook.Note(
            Of("event", subject, "", one) with { Key = one.Text("reason") ?? "", MayBeFinding = mayBeFinding });

    private void Explain(Subject subject, JsonElement one, JsonElement pod)
    {
        var message = one.Text("message") ?? "";
        switch (one.Text("reason"))
        {
            case "Unhealthy":
                var probe = message.Split(' ')[0].Lower();
                notebook.Note(
                    Of("probe-failure", subject, MessageClasses.Default.Classify("probe-failure", message), one) with
                {
                    Key = probe is "liveness" or "startup" ? probe : "readiness",
                });
                break;
            case "FailedMount" or "FailedAttachVolume" when pod.Text("status", "phase") == "Pending":
                notebook.Note(
                    Of("volume-failure", subject, MessageClasses.Default.Classify("volume-failure", message), one));
                break;
        }
    }

    private void Refusal(Subject owner, JsonElement one)
    {
        if (one.Text("reason") == "FailedCreate" && IsShort(owner))
        {
            var message = one.Text("message") ?? "";
            notebook.Note(Of("create-failure", owner, MessageClasses.Default.Classify("create-failure", message), one));
        }
    }

    private static Note Of(string type, Subject subject, string value, JsonElement one) =>
        new(type, subject, value, $"GET /api/v1/namespaces/{subject.Namespace}/events")
        {
            Detail = one.Text("message") ?? "",
            Since = one.Time("firstTimestamp") ?? one.Time("eventTime"),
        };

    // A ReplicaSet's trouble is its Deployment's; what is no longer there has none.
    private Subject? Whole(Subject subject)
    {
        if (subject.Kind == "node")
        {
            return picture["nodes"].Any(node => node.Name() == subject.Name) ? subject with { Namespace = null } : null;
        }

        var replicaSet = subject.Kind == "replicaset"
            ? picture["replicasets"]
                .FirstOrDefault(one => one.Name() == subject.Name && one.Namespace() == subject.Namespace)
            : default;
        var owner = replicaSet.ValueKind == JsonValueKind.Object ? picture.OwnerOf(replicaSet) : subject;
        return picture.WorkloadObjects().Any(workload => workload.Subject == owner) ? owner : null;
    }

    private bool IsShort(Subject owner) => picture.WorkloadObjects()
        .Where(workload => workload.Subject == owner)
        .Any(workload =>
            (workload.Body.Number("status", "readyReplicas") ?? 0) < (workload.Body.Number("spec", "replicas") ?? 1));
}
