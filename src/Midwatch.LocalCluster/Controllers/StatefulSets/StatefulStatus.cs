using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.StatefulSets;

/// <summary>The status of a StatefulSet from its pods. Pure.</summary>
internal static class StatefulStatus
{
    public static JsonObject Of(
        JsonObject set, ImmutableArray<PodFacts> pods, string current, string update, DateTimeOffset now)
    {
        var minimum = TimeSpan.FromSeconds(set.Number("spec", "minReadySeconds") ?? 0);
        var staying = pods.Where(pod => !pod.IsTerminating).ToImmutableArray();
        var ready = pods.Count(pod => pod.IsReady && !pod.IsFinished);
        var updated = staying.Count(pod => OrdinalPod.Revision(pod) == update);
        var ofCurrent = staying.Count(pod => OrdinalPod.Revision(pod) == current);
        if (IsRolling(set) && updated == pods.Length && ready == pods.Length)
        {
            current = update;
            ofCurrent = updated;
        }

        var status = new JsonObject
        {
            ["observedGeneration"] = set.Number("metadata", "generation") ?? 0,
            ["replicas"] = pods.Length,
            ["availableReplicas"] = pods.Count(pod => !pod.IsFinished && pod.IsAvailable(minimum, now)),
            ["currentRevision"] = current,
            ["updateRevision"] = update,
            ["collisionCount"] = 0,
        };
        Put(status, "readyReplicas", ready);
        Put(status, "currentReplicas", ofCurrent);
        Put(status, "updatedReplicas", updated);
        return status;
    }

    private static bool IsRolling(JsonObject set) => set.Text("spec", "updateStrategy", "type") != "OnDelete";

    private static void Put(JsonObject status, string name, int count)
    {
        if (count > 0)
        {
            status[name] = count;
        }
    }
}
