using System.Globalization;
using System.Text.Json;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>What a container waits for, how it ended, and why its image could not be pulled.</summary>
internal sealed class ContainerObserver(Notebook notebook, JsonElement pod, bool isGoing)
{
    // The longest back-off of the kubelet and some: an end longer ago is past.
    private static readonly TimeSpan CrashIsRecent = TimeSpan.FromMinutes(6);

    private readonly DateTimeOffset? _since = PodObserver.UnreadySince(pod);

    public void Observe(Subject subject, JsonElement container, string source, ClusterPicture picture)
    {
        Note Of(string type, string value, string detail = "") =>
            new(type, subject, value, source) { Detail = detail, Since = _since, MayBeFinding = !isGoing };

        var waiting = container.At("state", "waiting");
        var reason = waiting.Text("reason");
        var message = waiting.Text("message") ?? "";
        if (reason is not null)
        {
            notebook.Note(Of("container-waiting", reason, message));
        }

        var ended = container.At("state", "terminated") is { ValueKind: JsonValueKind.Object } now
            ? now : container.At("lastState", "terminated");
        var isUnwell = _since is not null;
        if (ended.ValueKind == JsonValueKind.Object)
        {
            var code = ended.Number("exitCode") ?? 0;
            var detail = FormattableString.Invariant($"exit code {code} {ended.Text("message")}").TrimEnd();
            notebook.Note(Of("container-terminated", ended.Text("reason") ?? "Error", detail) with
            {
                MayBeFinding = isUnwell && !isGoing,
            });
            notebook.Note(Of("exit-code", code.ToString(CultureInfo.InvariantCulture)));
        }

        if (reason == "CrashLoopBackOff" || IsCrashing(container, ended))
        {
            notebook.Note(Of("crash-loop", "",
                FormattableString.Invariant($"{container.Number("restartCount")} restarts; {message}")));
        }

        if (reason is "CreateContainerConfigError" or "CreateContainerError")
        {
            notebook.Note(Of("config-failure", MessageClasses.Default.Classify("config-failure", message), message));
        }

        if (reason is "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull"
            or "RegistryUnavailable")
        {
            ObservePull(subject, reason, message, picture, Of);
        }
    }

    // Between two starts the status says Running or Terminated; the loop is the same.
    private bool IsCrashing(JsonElement container, JsonElement ended) =>
        (container.Number("restartCount") ?? 0)
            >= (container.At("state", "terminated").ValueKind == JsonValueKind.Object ? 1 : 2)
        && ended.Number("exitCode") is not (null or 0)
        && ended.Time("finishedAt") is { } finished && notebook.TakenAt - finished <= CrashIsRecent;

    // The back-off's own message rarely says why; the event of the last try does.
    private void ObservePull(
        Subject subject, string reason, string message, ClusterPicture picture, Func<string, string, string, Note> of)
    {
        var events = picture["events"]
            .Where(one => one.Text("involvedObject", "name") == subject.Name && one.Namespace() == subject.Namespace
                && one.Text("reason") == "Failed" && one.Text("message") is { } text
                && text.Contains("pull", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(EventObserver.LastSeen).Select(one => one.Text("message") ?? "");
        foreach (var text in events.Prepend(message).Prepend(reason == "InvalidImageName" ? reason : ""))
        {
            if (MessageClasses.Default.Classify("pull-failure", text) is not "other" and var value)
            {
                notebook.Note(of("pull-failure", value, text));
                return;
            }
        }

        notebook.Read(new ReadRecord(
            "pods", subject.Namespace, subject.Name, $"events of {subject.Whole}", ReadOutcome.Failed,
            "why the image could not be pulled is told nowhere"));
    }
}
