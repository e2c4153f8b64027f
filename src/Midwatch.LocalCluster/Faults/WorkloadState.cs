using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Faults;

/// <summary>What faults read and write of objects. Pure.</summary>
internal static class WorkloadState
{
    private static readonly string[] Identity =
        ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "ownerReferences", "selfLink"];

    /// <summary>
    /// Every pod is of the newest template. Whether they are well is not asked: a fault may be that they are not.
    /// </summary>
    public static bool IsRolledOut(
        IReadOnlyCollection<JsonObject> workloads) => workloads.Count == 1 && workloads.All(workload =>
    {
        var wanted = workload.Number("spec", "replicas") ?? 1;
        return (workload.Number("status", "observedGeneration") ?? 0)
            >= (workload.Number("metadata", "generation") ?? 0)
            && (workload.Number("status", "updatedReplicas") ?? 0) == wanted
            && (workload.Number("status", "replicas") ?? 0) == wanted;
    });

    public static bool NoneIsReady(IReadOnlyCollection<JsonObject> pods) => pods.Count > 0 && !pods.Any(IsReady);

    public static bool IsReady(JsonObject pod) => pod.Items("status", "conditions")
        .Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "True");

    public static string? Image(JsonObject workload, string container) =>
        workload.Items("spec", "template", "spec", "containers")
            .FirstOrDefault(each => each.Text("name") == container).Text("image");

    public static JsonObject ImagePatch(string container, string image) => new()
    {
        ["spec"] = new JsonObject
        {
            ["template"] = new JsonObject
            {
                ["spec"] = new JsonObject
                {
                    ["containers"] = new JsonArray(new JsonObject { ["name"] = container, ["image"] = image }),
                },
            },
        },
    };

    public static JsonObject ReplicasPatch(int replicas) =>
        new() { ["spec"] = new JsonObject { ["replicas"] = replicas } };

    /// <summary>
    /// The fields of an object that a merge patch speaks of, as a patch that sets them so: null where there is none.
    /// </summary>
    public static JsonObject Fields(JsonObject body, JsonObject merge)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in merge)
        {
            fields[name] = (body[name], value) switch
            {
                (JsonObject inner, JsonObject deeper) => Fields(inner, deeper),
                (var present, _) => present?.DeepClone(),
            };
        }

        return fields;
    }

    /// <summary>
    /// Whether an object has what a merge patch set. In a list the server fills in what the patch left out, so each
    /// item only has to have what was said of it.
    /// </summary>
    public static bool Has(JsonNode? present, JsonNode? wanted) => (present, wanted) switch
    {
        (JsonObject body, JsonObject merge) => merge.All(field => Has(body[field.Key], field.Value)),
        (JsonArray items, JsonArray set) => items.Count == set.Count && items.Zip(set).All(pair =>
            Has(pair.First, pair.Second)),
        _ => JsonNode.DeepEquals(present, wanted),
    };

    /// <summary>The object as one would write it, without what the server gave it.</summary>
    public static JsonObject WithoutIdentity(JsonObject body)
    {
        var plain = (JsonObject)body.DeepClone();
        _ = plain.Remove("status");
        foreach (var field in Identity)
        {
            _ = plain.Need("metadata").Remove(field);
        }

        return plain;
    }
}
