using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Pods;

/// <summary>One entry of a pod's <c>status.conditions</c>; the order of first writing stays.</summary>
internal static class PodCondition
{
    public static void Set(
        JsonObject status, string type, bool holds, string? reason, string? message, DateTimeOffset now)
    {
        var value = holds ? "True" : "False";
        var present = Conditions.Find(status, type);
        if (present is null)
        {
            present = new JsonObject { ["lastProbeTime"] = null, ["lastTransitionTime"] = null };
            List(status).Add((JsonNode)present);
        }

        if (present.Text("status") != value)
        {
            present["lastTransitionTime"] = KubernetesTime.Format(now);
        }

        Put(present, "message", message);
        Put(present, "reason", reason);
        present["status"] = value;
        present["type"] = type;
    }

    public static void Remove(JsonObject status, string type)
    {
        if (Conditions.Find(status, type) is { } present)
        {
            _ = List(status).Remove(present);
        }
    }

    private static void Put(JsonObject condition, string field, string? text)
    {
        if (text is null)
        {
            _ = condition.Remove(field);
        }
        else
        {
            condition[field] = text;
        }
    }

    private static JsonArray List(JsonObject status)
    {
        if (status["conditions"] is not JsonArray list)
        {
            list = [];
            status["conditions"] = list;
        }

        return list;
    }
}
