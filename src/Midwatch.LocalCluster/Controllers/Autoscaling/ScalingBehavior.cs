using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>How fast an autoscaler may go in one direction: <c>spec.behavior.scaleUp</c> or <c>scaleDown</c>.</summary>
/// <param name="Window">How far back the most cautious recommendation counts.</param>
/// <param name="Policies">Each allows so many pods, or so many percent, within a period.</param>
/// <param name="Select">Max, Min or Disabled.</param>
internal sealed record ScalingBehavior(
    TimeSpan Window, ImmutableArray<(bool IsPercent, int Value, TimeSpan Period)> Policies, string Select)
{
    private const int DownWindowSeconds = 300;
    private static readonly TimeSpan PeriodDefault = TimeSpan.FromSeconds(15);

    public static ScalingBehavior Up(JsonObject autoscaler) => Read(
        autoscaler.At("spec", "behavior", "scaleUp"), 0, [(true, 100, PeriodDefault), (false, 4, PeriodDefault)]);

    public static ScalingBehavior Down(JsonObject autoscaler) => Read(
        autoscaler.At("spec", "behavior", "scaleDown"), DownWindowSeconds, [(true, 100, PeriodDefault)]);

    /// <summary>The largest size that may be reached now.</summary>
    /// <param name="added">How many pods were added within a period.</param>
    public int Highest(int current, Func<TimeSpan, int> added)
    {
        if (Select == "Disabled")
        {
            return current;
        }

        var limits = Policies.Select(policy =>
        {
            var start = current - added(policy.Period);
            return policy.IsPercent ? (int)Math.Ceiling(start * (1 + (policy.Value / 100.0))) : start + policy.Value;
        }).ToImmutableArray();
        return Select == "Min" ? limits.Min() : limits.Max();
    }

    /// <summary>The smallest size that may be reached now.</summary>
    /// <param name="removed">How many pods were removed within a period.</param>
    public int Lowest(int current, Func<TimeSpan, int> removed)
    {
        if (Select == "Disabled")
        {
            return current;
        }

        var limits = Policies.Select(policy =>
        {
            var start = current + removed(policy.Period);
            return policy.IsPercent ? (int)(start * (1 - (policy.Value / 100.0))) : start - policy.Value;
        }).ToImmutableArray();
        return Select == "Min" ? limits.Max() : limits.Min();
    }

    private static ScalingBehavior Read(
        JsonNode? rules, int window, ImmutableArray<(bool IsPercent, int Value, TimeSpan Period)> standard)
    {
        ImmutableArray<(bool IsPercent, int Value, TimeSpan Period)> policies =
        [
            .. rules.Items("policies").Select(policy => (
                policy.Text("type") == "Percent", policy.Count("value"),
                TimeSpan.FromSeconds(policy.Number("periodSeconds") ?? 15))),
        ];
        return new(
            TimeSpan.FromSeconds(rules.Number("stabilizationWindowSeconds") ?? window),
            policies.IsEmpty ? standard : policies,
            rules.Text("selectPolicy") ?? "Max");
    }
}
