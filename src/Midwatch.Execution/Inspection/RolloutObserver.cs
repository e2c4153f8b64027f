using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Execution.Inspection;

/// <summary>
/// The last change of each workload's template. A restart changes an annotation only and is no release; the first
/// revision changes nothing.
/// </summary>
internal sealed class RolloutObserver(ClusterPicture picture, Notebook notebook)
{
    private const string Revision = "deployment.kubernetes.io/revision";
    private const string RevisionHistory = "deployment.kubernetes.io/revision-history";

    public void Observe()
    {
        foreach (var (subject, _) in picture.WorkloadObjects())
        {
            var revisions = subject.Kind == "deployment" ? OfDeployment(subject) : OfControllerRevisions(subject);
            NoteLastChange(subject, [.. revisions.OrderBy(one => one.Number)]);
        }
    }

    private IEnumerable<TemplateRevision> OfDeployment(Subject subject) => picture["replicasets"]
        .Where(body => picture.OwnerOf(body) == subject)
        .Select(body => new TemplateRevision(
            Number(body.Map("metadata", "annotations").GetValueOrDefault(Revision)), Began(body),
            Plain(body.At("spec", "template")), Images(body.At("spec", "template", "spec"))));

    private IEnumerable<TemplateRevision> OfControllerRevisions(Subject subject) => picture["controllerrevisions"]
        .Where(body => picture.OwnerOf(body) == subject)
        .Select(body => new TemplateRevision(
            body.Number("revision") ?? 0, body.Time("metadata", "creationTimestamp"),
            Plain(body.At("data", "spec", "template")), Images(body.At("data", "spec", "template", "spec"))));

    private void NoteLastChange(Subject subject, TemplateRevision[] revisions)
    {
        for (var i = revisions.Length - 1; i > 0; i--)
        {
            if (revisions[i].Template != revisions[i - 1].Template)
            {
                notebook.Note(new Note(
                    "rollout", subject, revisions[i].Number.ToString(CultureInfo.InvariantCulture),
                    $"revisions of {subject}")
                {
                    Since = revisions[i].Began,
                    Detail = FormattableString.Invariant(
                        $"revision {revisions[i].Number} at {revisions[i].Began:HH:mm:ss} UTC: {revisions[i - 1].Images} became {revisions[i].Images}"),
                });
                return;
            }
        }
    }

    // A ReplicaSet that an undo took up again is older than that rollout: then its oldest pod tells.
    private DateTimeOffset? Began(JsonElement replicaSet)
    {
        var created = replicaSet.Time("metadata", "creationTimestamp");
        if (!replicaSet.Map("metadata", "annotations").ContainsKey(RevisionHistory))
        {
            return created;
        }

        return picture["pods"]
            .Where(pod => pod.Items("metadata", "ownerReferences")
                .Any(owner => owner.Text("uid") == replicaSet.Text("metadata", "uid")))
            .Select(pod => pod.Time("metadata", "creationTimestamp")).Min() ?? created;
    }

    private static int Number(string? text) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string Images(JsonElement spec) =>
        string.Join(", ", spec.Items("containers").Select(container => container.Text("image")));

    private static string Plain(JsonElement template)
    {
        if (template.ValueKind != JsonValueKind.Object || JsonNode.Parse(template.GetRawText()) is not JsonObject plain)
        {
            return "";
        }

        var metadata = plain["metadata"] as JsonObject;
        (metadata?["labels"] as JsonObject)?.Remove("pod-template-hash");
        (metadata?["annotations"] as JsonObject)?.Remove("kubectl.kubernetes.io/restartedAt");
        if (metadata?["annotations"] is JsonObject { Count: 0 } or null)
        {
            metadata?.Remove("annotations");
        }

        metadata?.Remove("creationTimestamp");
        return plain.ToJsonString();
    }

    private sealed record TemplateRevision(int Number, DateTimeOffset? Began, string Template, string Images);
}
