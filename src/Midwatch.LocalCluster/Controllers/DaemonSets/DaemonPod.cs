using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Scheduling;

namespace Midwatch.LocalCluster.Controllers.DaemonSets;

/// <summary>The pods of a DaemonSet: which nodes want one, and how one is made for a node.</summary>
internal static class DaemonPod
{
    public const string RevisionLabel = "controller-revision-hash";
    private const string TemplateGeneration = "deprecated.daemonset.template.generation";
    private const string Required = "requiredDuringSchedulingIgnoredDuringExecution";

    // What befalls a node is no reason to take its daemon away.
    private static readonly ImmutableArray<(string Key, string Effect)> Tolerated =
    [
        ("node.kubernetes.io/not-ready", "NoExecute"),
        ("node.kubernetes.io/unreachable", "NoExecute"),
        ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"),
        ("node.kubernetes.io/pid-pressure", "NoSchedule"),
        ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ];

    public static JsonObject Make(JsonObject set, string node, string hash)
    {
        var pod = PodTemplate.Stamp(set, set.At("spec", "template"));
        var labels = pod.Need("metadata", "labels");
        labels[RevisionLabel] = hash;
        labels["pod-template-generation"] = set.Text("metadata", "annotations", TemplateGeneration)
            ?? (set.Number("metadata", "generation") ?? 1).ToString(CultureInfo.InvariantCulture);
        var spec = pod.Need("spec");
        Pin(spec, node);
        Tolerate(spec);
        return pod;
    }

    /// <summary>The node that a pod is meant for, also before it is bound.</summary>
    public static string? NodeOf(PodFacts pod) =>
        pod.Node ?? pod.Body.At("spec", "affinity", "nodeAffinity", Required).Items("nodeSelectorTerms")
            .SelectMany(term => term.Items("matchFields"))
            .Where(field => field.Text("key") == "metadata.name")
            .Select(field => (field.At("values") as JsonArray)?.FirstOrDefault()?.Text())
            .FirstOrDefault();

    /// <summary>Whether a node is to run the daemon, and whether one that it has may stay.</summary>
    public static (bool Runs, bool Stays) Fits(JsonObject set, StoredObject node)
    {
        var pod = Make(set, node.Key.Name, "");
        if (!NodeAffinity.Allows(pod, new NodeFacts(node, [])))
        {
            return (false, false);
        }

        var untolerated = node.Body.Items("spec", "taints")
            .Where(taint => !Tolerations.Cover(
                pod, taint.Text("key") ?? "", taint.Text("value") ?? "", taint.Text("effect") ?? ""))
            .Select(taint => taint.Text("effect")).ToList();
        var stays = !untolerated.Contains("NoExecute");
        return (stays && !untolerated.Contains("NoSchedule"), stays);
    }

    public static bool IsCounted(StoredObject set) =>
        set.Body.Text("metadata", "annotations", TemplateGeneration) is not null;

    public static void SetGeneration(JsonObject set, long generation) =>
        set.Need("metadata", "annotations")[TemplateGeneration] = generation.ToString(CultureInfo.InvariantCulture);

    private static void Pin(JsonObject spec, string node)
    {
        var terms = new JsonArray();
        var required = spec.Need("affinity", "nodeAffinity", Required);
        var given = required.Items("nodeSelectorTerms").ToList();
        foreach (var term in given.Count == 0 ? [[]] : given)
        {
            var pinned = (JsonObject)term.DeepClone();
            pinned["matchFields"] = new JsonArray(new JsonObject
            {
                ["key"] = "metadata.name",
                ["operator"] = "In",
                ["values"] = new JsonArray(node),
            });
            terms.Add((JsonNode)pinned);
        }

        required["nodeSelectorTerms"] = terms;
    }

    private static void Tolerate(JsonObject spec)
    {
        if (spec["tolerations"] is not JsonArray tolerations)
        {
            tolerations = [];
            spec["tolerations"] = tolerations;
        }

        foreach (var (key, effect) in Tolerated)
        {
            if (!tolerations.Any(one => one.Text("key") == key && one.Text("effect") == effect))
            {
                tolerations.Add((JsonNode)new JsonObject
                {
                    ["key"] = key,
                    ["operator"] = "Exists",
                    ["effect"] = effect,
                });
            }
        }
    }
}
