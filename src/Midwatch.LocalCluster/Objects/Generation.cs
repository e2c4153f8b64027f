using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects;

/// <summary>metadata.generation: counts the changes of what is desired, not of what is observed.</summary>
internal static class Generation
{
    // These kinds have a spec and no generation in Kubernetes.
    private static readonly FrozenSet<string> Uncounted =
        new[] { "services", "nodes", "namespaces", "persistentvolumeclaims", "persistentvolumes", "resourcequotas",
            "limitranges", "leases.coordination.k8s.io", "horizontalpodautoscalers.autoscaling" }.ToFrozenSet();

    public static bool IsCounted(ObjectKey key, JsonObject body) =>
        body["spec"] is JsonObject && !Uncounted.Contains(key.Resource);

    /// <summary>Takes the generation over from the present version, one higher when the spec differs.</summary>
    public static void Carry(StoredObject current, JsonObject body)
    {
        if (current.Body["metadata"]?["generation"]?.GetValue<long>() is not { } generation)
        {
            return;
        }

        var marked = body["metadata"]?["deletionTimestamp"] is not null && !current.IsBeingDeleted;
        var changed = marked || !JsonNode.DeepEquals(Desired(current.Body), Desired(body));
        ObjectMetadata.Of(body)["generation"] = generation + (changed ? 1 : 0);
    }

    // Which node a pod was given is nobody's desire.
    private static JsonNode? Desired(JsonObject body)
    {
        if (body["spec"] is not JsonObject spec || body["kind"]?.GetValue<string>() != "Pod"
            || !spec.ContainsKey("nodeName"))
        {
            return body["spec"];
        }

        var rest = (JsonObject)spec.DeepClone();
        _ = rest.Remove("nodeName");
        return rest;
    }
}
