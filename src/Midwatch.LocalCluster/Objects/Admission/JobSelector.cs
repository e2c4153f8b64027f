using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>
/// The selector that a Job gets from its own uid when it is made, with the labels that its pods need for it
/// (k8s.io/kubernetes/pkg/registry/batch/job, generateSelector).
/// </summary>
internal static class JobSelector
{
    public const string UidLabel = "batch.kubernetes.io/controller-uid";
    private const string NameLabel = "batch.kubernetes.io/job-name";

    /// <summary>Writes the selector into a Job that has its uid, unless the Job brings a selector of its own.</summary>
    public static void Generate(JsonObject job)
    {
        if (job["spec"] is not JsonObject spec || spec["manualSelector"] is JsonValue manual && manual.GetValue<bool>())
        {
            return;
        }

        spec["manualSelector"] ??= false;
        var uid = ObjectMetadata.Text(job, "uid") ?? "";
        var name = ObjectMetadata.Text(job, "name") ?? "";
        var template = Child(spec, "template");
        foreach (var metadata in (ReadOnlySpan<JsonObject>)[ObjectMetadata.Of(job), Child(template, "metadata")])
        {
            var labels = Child(metadata, "labels");
            labels[UidLabel] = uid;
            labels[NameLabel] = name;
            // The names from before 1.27, which tools still select by.
            labels["controller-uid"] = uid;
            labels["job-name"] = name;
        }

        spec["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { [UidLabel] = uid } };
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            child = [];
            parent[name] = child;
        }

        return child;
    }
}
