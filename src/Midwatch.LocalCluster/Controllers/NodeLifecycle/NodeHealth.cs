using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.NodeLifecycle;

/// <summary>What the control plane makes of a node's silence and of its conditions. Pure.</summary>
internal static class NodeHealth
{
    public const string Unreachable = "node.kubernetes.io/unreachable";
    public const string NotReady = "node.kubernetes.io/not-ready";
    public const string Unschedulable = "node.kubernetes.io/unschedulable";

    private static readonly ImmutableArray<string> Reported =
        ["Ready", "MemoryPressure", "DiskPressure", "PIDPressure"];

    /// <summary>True, False or Unknown.</summary>
    public static string Ready(JsonObject node) =>
        Conditions.Find(node.At("status"), "Ready").Text("status") ?? "Unknown";

    /// <summary>The kubelet has not been heard of: nothing that it said holds any more.</summary>
    public static void SetUnknown(JsonObject node, DateTimeOffset now)
    {
        foreach (var type in Reported)
        {
            var present = Conditions.Find(node.At("status"), type);
            if (present.Text("status") == "Unknown")
            {
                continue;
            }

            var condition = new JsonObject
            {
                ["type"] = type,
                ["status"] = "Unknown",
                ["lastHeartbeatTime"] = present.Text("lastHeartbeatTime") ?? KubernetesTime.Format(now),
                ["lastTransitionTime"] = KubernetesTime.Format(now),
                ["reason"] = present is null ? "NodeStatusNeverUpdated" : "NodeStatusUnknown",
                ["message"] = present is null
                    ? "Kubelet never posted node status."
                    : "Kubelet stopped posting node status.",
            };
            var status = node.Need("status");
            Conditions.Remove(status, type);
            (status["conditions"] as JsonArray ?? Fresh(status)).Add((JsonNode)condition);
        }
    }

    /// <summary>The taints that follow from the conditions and from a cordon, beside those that people set.</summary>
    public static void SetTaints(JsonObject node, DateTimeOffset now)
    {
        var ready = Ready(node);
        Taint(node, Unreachable, "NoSchedule", ready == "Unknown", now);
        Taint(node, Unreachable, "NoExecute", ready == "Unknown", now);
        Taint(node, NotReady, "NoSchedule", ready == "False", now);
        Taint(node, NotReady, "NoExecute", ready == "False", now);
        Taint(node, Unschedulable, "NoSchedule", node.Flag("spec", "unschedulable"), now);
    }

    private static void Taint(JsonObject node, string key, string effect, bool wanted, DateTimeOffset now)
    {
        var spec = node.Need("spec");
        var present = spec.Items("taints")
            .FirstOrDefault(taint => taint.Text("key") == key && taint.Text("effect") == effect);
        if (wanted == present is not null)
        {
            return;
        }

        if (present is not null)
        {
            var list = (JsonArray)spec["taints"]!;
            _ = list.Remove(present);
            if (list.Count == 0)
            {
                _ = spec.Remove("taints");
            }

            return;
        }

        if (spec["taints"] is not JsonArray taints)
        {
            taints = [];
            spec["taints"] = taints;
        }

        taints.Add((JsonNode)new JsonObject
        {
            ["key"] = key,
            ["effect"] = effect,
            ["timeAdded"] = KubernetesTime.Format(now),
        });
    }

    private static JsonArray Fresh(JsonObject status)
    {
        var list = new JsonArray();
        status["conditions"] = list;
        return list;
    }
}
