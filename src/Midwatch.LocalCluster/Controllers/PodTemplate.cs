using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>Pods as workloads stamp them out.</summary>
internal static class PodTemplate
{
    /// <summary>A pod from a template, controlled by the owner, named after it with a random suffix.</summary>
    public static JsonObject Stamp(JsonObject owner, JsonNode? template)
    {
        var metadata = new JsonObject
        {
            ["generateName"] = owner.Text("metadata", "name") + "-",
            ["namespace"] = owner.Text("metadata", "namespace"),
        };
        foreach (var name in (ReadOnlySpan<string>)["labels", "annotations", "finalizers"])
        {
            if (template.At("metadata", name) is { } value)
            {
                metadata[name] = value.DeepClone();
            }
        }

        metadata["ownerReferences"] = new JsonArray(Ownership.Reference(owner));
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = template.At("spec")?.DeepClone() ?? new JsonObject(),
        };
    }
}
