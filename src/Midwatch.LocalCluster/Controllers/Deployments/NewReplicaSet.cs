using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>The ReplicaSet for a Deployment's present template.</summary>
internal static class NewReplicaSet
{
    public static JsonObject Of(JsonObject deployment, long revision, int replicas, RolloutLimits limits)
    {
        var template = deployment.At("spec", "template")?.DeepClone() ?? new JsonObject();
        var hash = TemplateHash.Of(template, deployment.Number("status", "collisionCount") ?? 0);
        if (template is JsonObject whole)
        {
            whole.Need("metadata", "labels")[RolloutHistory.HashLabel] = hash;
        }

        var selector = deployment.At("spec", "selector")?.DeepClone() as JsonObject ?? [];
        selector.Need("matchLabels")[RolloutHistory.HashLabel] = hash;
        var annotations = RevisionAnnotations.ForNewest(deployment, replicaSet: null, revision);
        RevisionAnnotations.SetSizes(annotations, limits);
        var spec = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = template };
        if (deployment.Number("spec", "minReadySeconds") is > 0 and { } seconds)
        {
            spec["minReadySeconds"] = seconds;
        }

        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = deployment.Text("metadata", "name") + "-" + hash,
                ["namespace"] = deployment.Text("metadata", "namespace"),
                ["labels"] = template.At("metadata", "labels")?.DeepClone(),
                ["annotations"] = annotations,
                ["ownerReferences"] = new JsonArray(Ownership.Reference(deployment)),
            },
            ["spec"] = spec,
            ["status"] = new JsonObject { ["replicas"] = 0 },
        };
    }
}
