using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.ReplicaSets;

/// <summary>The status of a ReplicaSet from its pods. Pure.</summary>
internal static class ReplicaSetStatus
{
    /// <param name="refusal">Why the last pod could not be created; null when none was refused.</param>
    public static JsonObject Of(
        JsonObject replicaSet, ImmutableArray<PodFacts> owned, string? refusal, DateTimeOffset now)
    {
        var active = owned.Where(pod => pod.IsActive).ToImmutableArray();
        var template = LabelQuery.OfMap(replicaSet.At("spec", "template", "metadata", "labels"));
        var minimum = MinReady(replicaSet);
        var status = new JsonObject { ["replicas"] = active.Length };
        Put(status, "fullyLabeledReplicas", active.Count(pod => template.Matches(pod.Body)));
        Put(status, "readyReplicas", active.Count(pod => pod.IsReady));
        Put(status, "availableReplicas", active.Count(pod => pod.IsAvailable(minimum, now)));
        status["terminatingReplicas"] = owned.Count(pod => pod.IsTerminating && !pod.IsFinished);
        status["observedGeneration"] = replicaSet.Number("metadata", "generation") ?? 0;
        if (replicaSet.At("status", "conditions") is { } conditions)
        {
            status["conditions"] = conditions.DeepClone();
        }

        if (refusal is null)
        {
            Conditions.Remove(status, "ReplicaFailure");
        }
        else
        {
            Conditions.Set(status, Failure(refusal, now));
        }

        if (status["conditions"] is JsonArray { Count: 0 })
        {
            _ = status.Remove("conditions");
        }

        return status;
    }

    public static TimeSpan MinReady(JsonObject workload) =>
        TimeSpan.FromSeconds(workload.Number("spec", "minReadySeconds") ?? 0);

    private static JsonObject Failure(string refusal, DateTimeOffset now)
    {
        var condition = Conditions.Make("ReplicaFailure", "True", "FailedCreate", refusal, now);
        _ = condition.Remove("lastUpdateTime");
        return condition;
    }

    private static void Put(JsonObject status, string name, int count)
    {
        if (count > 0)
        {
            status[name] = count;
        }
    }
}
