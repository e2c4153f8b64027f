using System.Globalization;
using System.Text.Json;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// Wanted and ready pods of workloads, their conditions, and workloads that the runbook names and that are not there.
/// </summary>
internal sealed class WorkloadObserver(ClusterPicture picture, Notebook notebook)
{
    public void Observe()
    {
        foreach (var (subject, body) in picture.WorkloadObjects().Where(one => one.Subject.Kind is not "job"))
        {
            ObserveOne(subject, body);
        }
    }

    /// <summary>What the procedure names literally and no list holds.</summary>
    public static IEnumerable<Subject> Missing(Procedure procedure, ClusterPicture picture)
    {
        var present = picture.WorkloadObjects().Select(one => one.Subject).ToHashSet();
        var read =
            picture.Reads.Where(one => one.Read == "workloads" && one.Outcome == ReadOutcome.Made)
                .Select(one => one.Namespace).ToHashSet();
        return procedure.Scope.Workloads
            .Where(target => target.Kind is "deployment" or "statefulset" or "daemonset"
                && target.Name is { } name && IsLiteral(name))
            .Select(target => new Subject(
                target.Kind,
                target.Namespace ?? (procedure.Scope.Namespaces is [var only] ? only : null), target.Name ?? ""))
            .Where(subject => subject.Namespace is not null && read.Contains(subject.Namespace)
                && !present.Contains(subject))
            .Distinct();
    }

    public void NoteMissing(
        Subject subject) => notebook.Note(new Note("workload-exists", subject, "false", Source(subject))
    {
        Detail = $"the runbook names {subject}, and namespace {subject.Namespace} does not have it",
    });

    private static IEnumerable<(string Kind, string Name)> References(JsonElement spec)
    {
        var pull = spec.Items("imagePullSecrets").Select(one => ("pull-secret", one.Text("name")));
        var volumes = spec.Items("volumes").SelectMany(one => new[]
        {
            ("secret", one.Text("secret", "secretName")), ("configmap", one.Text("configMap", "name")),
        });
        return pull.Concat(volumes).Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2 ?? ""));
    }

    private static bool IsLiteral(string name) =>
        name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.');

    private static string Source(Subject subject) =>
        $"GET /apis/apps/v1/namespaces/{subject.Namespace}/{subject.Kind}s";

    private void ObserveOne(Subject subject, JsonElement body)
    {
        Note Of(string type, string value, string detail = "") =>
            new(type, subject, value, Source(subject)) { Detail = detail };

        foreach (var (kind, name) in References(body.At("spec", "template", "spec")))
        {
            notebook.Note(Of("reference", name) with { Key = kind });
        }

        foreach (var container in body.Items("spec", "template", "spec", "containers"))
        {
            notebook.Note(Of("image", container.Text("image") ?? "") with { Key = container.Text("name") ?? "" });
        }

        var isDaemon = subject.Kind == "daemonset";
        var wanted =
            isDaemon ? body.Number("status", "desiredNumberScheduled") ?? 0 : body.Number("spec", "replicas") ?? 1;
        var ready = body.Number("status", isDaemon ? "numberReady" : "readyReplicas") ?? 0;
        notebook.Note(Of("workload-exists", "true"));
        notebook.Note(Of("replicas", wanted.ToString(CultureInfo.InvariantCulture)));
        notebook.Note(Of("workload-scale", wanted == 0 && !isDaemon ? "zero" : "some"));
        if (wanted > 0)
        {
            var amount = ready == 0 ? "none" : ready < wanted ? "some" : "all";
            notebook.Note(Of("workload-ready", amount, FormattableString.Invariant($"{ready} of {wanted} ready")));
            var pods = picture.Pods().Count(pod => picture.OwnerOf(pod.Body) == subject);
            notebook.Note(
                Of("workload-pods", pods == 0 ? "none" : "some", FormattableString.Invariant($"{pods} pods")));
        }

        var progressing = body.Condition("Progressing");
        if (progressing.Text("reason") == "ProgressDeadlineExceeded")
        {
            notebook.Note(Of("rollout-condition", "ProgressDeadlineExceeded", progressing.Text("message") ?? ""));
        }

        var refused = body.Condition("ReplicaFailure");
        if (refused.Text("status") == "True" && refused.Text("message") is { } message)
        {
            notebook.Note(Of("create-failure", MessageClasses.Default.Classify("create-failure", message), message));
        }
    }
}
