using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>The <c>status.conditions</c> list: one entry per type, and its rules about times.</summary>
internal static class Conditions
{
    public static JsonObject? Find(JsonNode? status, string type) =>
        status.Items("conditions").FirstOrDefault(condition => condition.Text("type") == type);

    public static JsonObject Make(
        string type, string status, string reason, string message, DateTimeOffset now) => new()
    {
        ["type"] = type,
        ["status"] = status,
        ["lastUpdateTime"] = KubernetesTime.Format(now),
        ["lastTransitionTime"] = KubernetesTime.Format(now),
        ["reason"] = reason,
        ["message"] = message,
    };

    /// <summary>
    /// Puts a condition in. One that says the same already stays as it is; one with the same status keeps its
    /// transition time. A copy goes in, for a change of the store may be made twice.
    /// </summary>
    public static void Set(JsonObject status, JsonObject condition)
    {
        var type = condition.Text("type")!;
        var present = Find(status, type);
        if (present.Text("status") == condition.Text("status") && present.Text("reason") == condition.Text("reason"))
        {
            return;
        }

        var fresh = (JsonObject)condition.DeepClone();
        if (present is not null && present.Text("status") == condition.Text("status"))
        {
            fresh["lastTransitionTime"] = present.Text("lastTransitionTime");
        }

        Remove(status, type);
        List(status).Add((JsonNode)fresh);
    }

    public static void Remove(JsonObject status, string type)
    {
        if (Find(status, type) is { } present)
        {
            List(status).Remove(present);
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
