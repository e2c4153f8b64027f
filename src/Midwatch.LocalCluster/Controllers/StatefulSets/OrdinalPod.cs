using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.StatefulSets;

/// <summary>The pods of a StatefulSet: their names, their claims, their revision.</summary>
internal static class OrdinalPod
{
    public const string RevisionLabel = "controller-revision-hash";

    public static string Name(JsonObject set, int ordinal) =>
        string.Create(CultureInfo.InvariantCulture, $"{set.Text("metadata", "name")}-{ordinal}");

    /// <summary>The ordinal in a pod's name, or null when the name is not one of the set's.</summary>
    public static int? Ordinal(JsonObject set, string podName)
    {
        var prefix = set.Text("metadata", "name") + "-";
        return podName.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(podName.AsSpan(prefix.Length), NumberStyles.None,
                CultureInfo.InvariantCulture, out var ordinal)
                ? ordinal
                : null;
    }

    public static string? Revision(PodFacts pod) => pod.Body.Text("metadata", "labels", RevisionLabel);

    public static string ClaimName(JsonObject set, JsonObject claim, int ordinal) =>
        claim.Text("metadata", "name") + "-" + Name(set, ordinal);

    public static JsonObject Make(JsonObject set, JsonNode? template, string revision, int ordinal)
    {
        var pod = PodTemplate.Stamp(set, template);
        var name = Name(set, ordinal);
        var metadata = pod.Need("metadata");
        metadata["name"] = name;
        var labels = metadata.Need("labels");
        labels[RevisionLabel] = revision;
        labels["statefulset.kubernetes.io/pod-name"] = name;
        labels["apps.kubernetes.io/pod-index"] = ordinal.ToString(CultureInfo.InvariantCulture);
        var spec = pod.Need("spec");
        spec["hostname"] = name;
        if (set.Text("spec", "serviceName") is { Length: > 0 } service)
        {
            spec["subdomain"] = service;
        }

        AddClaims(set, spec, ordinal);
        return pod;
    }

    public static JsonObject MakeClaim(JsonObject set, JsonObject template, int ordinal)
    {
        var labels = template.At("metadata", "labels")?.DeepClone() as JsonObject ?? [];
        foreach (var (name, value) in set.Map("spec", "selector", "matchLabels"))
        {
            labels[name] = value;
        }

        var metadata = template.At("metadata")?.DeepClone() as JsonObject ?? [];
        metadata["name"] = ClaimName(set, template, ordinal);
        metadata["namespace"] = set.Text("metadata", "namespace");
        metadata["labels"] = labels;
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "PersistentVolumeClaim",
            ["metadata"] = metadata,
            ["spec"] = template.At("spec")?.DeepClone() ?? new JsonObject(),
            ["status"] = new JsonObject { ["phase"] = "Pending" },
        };
    }

    private static void AddClaims(JsonObject set, JsonObject spec, int ordinal)
    {
        var claims = set.Items("spec", "volumeClaimTemplates").ToList();
        if (claims.Count == 0)
        {
            return;
        }

        if (spec["volumes"] is not JsonArray volumes)
        {
            volumes = [];
            spec["volumes"] = volumes;
        }

        foreach (var claim in claims)
        {
            var name = claim.Text("metadata", "name");
            _ = volumes.RemoveAll(volume => volume.Text("name") == name);
            volumes.Add((JsonNode)new JsonObject
            {
                ["name"] = name,
                ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = ClaimName(set, claim, ordinal) },
            });
        }
    }
}
