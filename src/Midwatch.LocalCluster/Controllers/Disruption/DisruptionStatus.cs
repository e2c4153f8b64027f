using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Disruption;

/// <summary>The status of a PodDisruptionBudget. Pure.</summary>
internal static class DisruptionStatus
{
    private static readonly TimeSpan EvictionIsSeen = TimeSpan.FromMinutes(2);

    /// <param name="owned">How many pods the workloads of the pods want together.</param>
    public static JsonObject Of(JsonObject budget, ImmutableArray<PodFacts> pods, int owned, DateTimeOffset now)
    {
        var (expected, desired) = Wanted(budget, pods.Length, owned);
        var leaving = Leaving(budget, pods, now);
        var healthy = pods.Count(pod => pod.IsReady && !pod.IsTerminating && !leaving.ContainsKey(pod.Name));
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
        if (leaving.Count > 0)
        {
            status["disruptedPods"] = leaving;
        }

        status["expectedPods"] = expected;
        status["observedGeneration"] = budget.Number("metadata", "generation") ?? 1;
        return status;
    }

    // Evictions that were allowed and are not seen yet; one that was not carried out is forgotten in the end.
    private static JsonObject Leaving(JsonObject budget, ImmutableArray<PodFacts> pods, DateTimeOffset now) => new(
        budget.Map("status", "disruptedPods").Where(each =>
                pods.Any(pod => pod.Name == each.Key && !pod.IsTerminating)
                && KubernetesTime.Parse(each.Value) is { } since && now - since < EvictionIsSeen)
            .Select(each => KeyValuePair.Create(each.Key, (JsonNode?)JsonValue.Create(each.Value))));

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
