using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Reference.Discovery;

/// <summary>
/// Pods as scrape targets, with the labels that Prometheus' own discovery of the role <c>pod</c> gives, so that
/// relabelling written for it holds here: a target for each container port of each pod that has an address, ready or
/// not.
/// </summary>
internal static partial class Targets
{
    /// <summary>Makes the file for <c>file_sd_configs</c> from pods.</summary>
    public static string FromPods(IEnumerable<JsonObject> pods)
    {
        var targets = new JsonArray();
        foreach (var pod in pods)
        {
            if (pod["status"]?["podIP"] is not { } address)
            {
                continue;
            }

            foreach (var container in (pod["spec"]?["containers"] as JsonArray ?? []).OfType<JsonObject>())
            {
                foreach (var port in (container["ports"] as JsonArray ?? []).OfType<JsonObject>())
                {
                    targets.Add(Target(pod, container, port, address.ToString()));
                }
            }
        }

        return targets.ToJsonString();
    }

    private static JsonObject Target(JsonObject pod, JsonObject container, JsonObject port, string address)
    {
        var number = Text(port["containerPort"]);
        var labels = new JsonObject
        {
            ["__meta_kubernetes_namespace"] = Text(pod["metadata"]?["namespace"]),
            ["__meta_kubernetes_pod_name"] = Text(pod["metadata"]?["name"]),
            ["__meta_kubernetes_pod_uid"] = Text(pod["metadata"]?["uid"]),
            ["__meta_kubernetes_pod_ip"] = address,
            ["__meta_kubernetes_pod_phase"] = Text(pod["status"]?["phase"]),
            ["__meta_kubernetes_pod_ready"] = Ready(pod),
            ["__meta_kubernetes_pod_node_name"] = Text(pod["spec"]?["nodeName"]),
            ["__meta_kubernetes_pod_container_name"] = Text(container["name"]),
            ["__meta_kubernetes_pod_container_port_name"] = Text(port["name"]),
            ["__meta_kubernetes_pod_container_port_number"] = number,
        };
        foreach (var (name, value) in pod["metadata"]?["labels"] as JsonObject ?? [])
        {
            labels["__meta_kubernetes_pod_label_" + NotInLabelNames().Replace(name, "_")] = Text(value);
        }

        return new JsonObject { ["targets"] = new JsonArray($"{address}:{number}"), ["labels"] = labels };
    }

    private static string Ready(JsonObject pod) =>
        (pod["status"]?["conditions"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(condition => Text(condition["type"]) == "Ready")
            .Select(condition => Text(condition["status"]) == "True" ? "true" : "false")
            .FirstOrDefault("unknown");

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    [GeneratedRegex("[^a-zA-Z0-9_]")]
    private static partial Regex NotInLabelNames();
}
