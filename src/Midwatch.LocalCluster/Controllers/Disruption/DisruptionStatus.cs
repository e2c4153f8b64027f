using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Disruption;

/// <summary>The status of a PodDisruptionBudget. Pure.</summary>
internal static class DisruptionStatus
{
    /// <param name="owned">How many pods the workloads of the pods want together.</param>
    public static JsonObject Of(JsonObject budget, ImmutableArray<PodFacts> pods, int owned, DateTimeOffset now)
    {
        var (expected, desired) = Wanted(budget, pods.Length, owned);
        var healthy = pods.Count(pod => pod.IsReady && !pod.IsTerminating);
        var allowed = expected == 0 ? 0 : Math.Max(0, healthy - desired);
        var status = new JsonObject();
        if (budget.At("status", "conditions") is { } conditions)
        {
            status["conditions"] = conditions.DeepClone();
        }

        var condition = Conditions.Make(
            "DisruptionAllowed", allowed > 0 ? "True" : "False", allowed > 0 ? "SufficientPods" : "InsufficientPods",
            "", now);
        _ = condition.Remove("lastUpdateTime");
        condition["observedGeneration"] = budget.Number("metadata", "generation") ?? 1;
        Conditions.Set(status, condition);
        status["currentHealthy"] = healthy;
        status["desiredHealthy"] = desired;
        status["disruptionsAllowed"] = allowed;
        status["expectedPods"] = expected;
        status["observedGeneration"] = budget.Number("metadata", "generation") ?? 1;
        return status;
    }

    private static (int Expected, int Desired) Wanted(JsonObject budget, int present, int owned)
    {
        if (budget.At("spec", "maxUnavailable") is { } away)
        {
            return (owned, Math.Max(0, owned - IntOrPercent.Read(away, new(0, false)).RoundedUp(owned)));
        }

        var least = IntOrPercent.Read(budget.At("spec", "minAvailable"), new(1, false));
        return least.IsPercent ? (owned, least.RoundedUp(owned)) : (present, least.Value);
    }
}
