using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Objects.Policies;

/// <summary>Gives pods the number of their priority class.</summary>
internal static class Priorities
{
    /// <summary>Fills in the pod's priority, or says that its class is not there.</summary>
    public static string? Apply(ObjectStore store, JsonObject pod)
    {
        var name = pod.Text("spec", "priorityClassName");
        var all = store.List("scheduling.k8s.io", "priorityclasses", null);
        var found = name is { Length: > 0 }
            ? all.FirstOrDefault(one => one.Key.Name == name)
            : all.FirstOrDefault(one => one.Body.Flag("globalDefault"));
        if (found is null)
        {
            return name is { Length: > 0 } ? $"no PriorityClass with name {name} was found" : null;
        }

        var spec = pod.Need("spec");
        spec["priorityClassName"] = found.Key.Name;
        spec["priority"] = found.Body.Number("value") ?? 0;
        spec["preemptionPolicy"] ??= found.Body.Text("preemptionPolicy") ?? "PreemptLowerPriority";
        return null;
    }
}
