using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>The pods of a Job: how they are made, and what is read off them.</summary>
internal static class JobPod
{
    /// <summary>Holds a pod until its Job has counted it.</summary>
    public const string TrackingFinalizer = "batch.kubernetes.io/job-tracking";

    private const string IndexAnnotation = "batch.kubernetes.io/job-completion-index";

    /// <param name="index">The completion index; null in a Job that is not indexed.</param>
    public static JsonObject Make(JsonObject job, int? index)
    {
        var pod = PodTemplate.Stamp(job, job.At("spec", "template"));
        var metadata = pod.Need("metadata");
        metadata["finalizers"] = new JsonArray(TrackingFinalizer);
        if (index is { } number)
        {
            AddIndex(job, pod, number.ToString(CultureInfo.InvariantCulture));
        }

        return pod;
    }

    public static int? Index(PodFacts pod) =>
        int.TryParse(pod.Body.Text("metadata", "annotations", IndexAnnotation), NumberStyles.None,
            CultureInfo.InvariantCulture, out var index) ? index : null;

    public static bool IsTracked(PodFacts pod) =>
        pod.Body.At("metadata", "finalizers") is JsonArray finalizers
        && finalizers.Any(finalizer => finalizer.Text() == TrackingFinalizer);

    public static void Release(JsonObject pod)
    {
        if (pod.At("metadata", "finalizers") is JsonArray finalizers)
        {
            _ = finalizers.RemoveAll(finalizer => finalizer.Text() == TrackingFinalizer);
            if (finalizers.Count == 0)
            {
                _ = pod.Need("metadata").Remove("finalizers");
            }
        }
    }

    /// <summary>When the last of its containers ended; the moment of looking when none says so.</summary>
    public static DateTimeOffset FinishedAt(PodFacts pod, DateTimeOffset now)
    {
        var ends = pod.Body.Items("status", "containerStatuses")
            .Select(status => status.Time("state", "terminated", "finishedAt"))
            .OfType<DateTimeOffset>().ToList();
        return ends.Count > 0 ? ends.Max() : now;
    }

    private static void AddIndex(JsonObject job, JsonObject pod, string index)
    {
        var metadata = pod.Need("metadata");
        var name = job.Text("metadata", "name") + "-" + index;
        metadata["generateName"] = name + "-";
        metadata.Need("annotations")[IndexAnnotation] = index;
        metadata.Need("labels")[IndexAnnotation] = index;
        pod.Need("spec")["hostname"] ??= name;
        foreach (var container in pod.Items("spec", "containers").Concat(pod.Items("spec", "initContainers")))
        {
            if (container["env"] is not JsonArray variables)
            {
                variables = [];
                container["env"] = variables;
            }

            if (!variables.Any(variable => variable.Text("name") == "JOB_COMPLETION_INDEX"))
            {
                variables.Add((JsonNode)new JsonObject
                {
                    ["name"] = "JOB_COMPLETION_INDEX",
                    ["valueFrom"] = new JsonObject
                    {
                        ["fieldRef"] = new JsonObject
                        {
                            ["apiVersion"] = "v1",
                            ["fieldPath"] = $"metadata.labels['{IndexAnnotation}']",
                        },
                    },
                });
            }
        }
    }
}
