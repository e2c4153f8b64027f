using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>Whether a pod puts up with a taint.</summary>
internal static class Tolerations
{
    public static bool Cover(JsonObject pod, string key, string value, string effect) =>
        Find(pod, key, value, effect) is not null;

    public static JsonObject? Find(JsonObject pod, string key, string value, string effect) =>
        pod.Items("spec", "tolerations").FirstOrDefault(toleration => Covers(toleration, key, value, effect));

    private static bool Covers(JsonObject toleration, string key, string value, string effect)
    {
        if (toleration.Text("effect") is { Length: > 0 } only && only != effect)
        {
            return false;
        }

        if (toleration.Text("key") is { Length: > 0 } name && name != key)
        {
            return false;
        }

        return toleration.Text("operator") == "Exists" || (toleration.Text("value") ?? "") == value;
    }
}
