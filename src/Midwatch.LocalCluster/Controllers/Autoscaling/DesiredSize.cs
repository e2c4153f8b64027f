using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>
/// From what the metrics ask for to what is done, within window, speed and bounds. Pure but for its memory.
/// </summary>
/// <param name="Replicas">The new size.</param>
/// <param name="AbleReason">The condition AbleToScale's reason, with its message.</param>
/// <param name="LimitedReason">The condition ScalingLimited's reason, with its message.</param>
internal sealed record DesiredSize(
    int Replicas, string AbleReason, string AbleMessage, bool IsLimited, string LimitedReason, string LimitedMessage)
{
    public static DesiredSize Of(
        JsonObject autoscaler, int current, int recommended, ScalingMemory memory, DateTimeOffset now)
    {
        var (up, down) = (ScalingBehavior.Up(autoscaler), ScalingBehavior.Down(autoscaler));
        memory.Recommend(now, recommended);
        var highest = memory.Highest(now, down.Window, recommended);
        var lowest = memory.Lowest(now, up.Window, recommended);
        var stable = recommended > current ? Math.Max(lowest, current)
            : recommended < current ? Math.Min(highest, current)
            : current;
        var (able, why) = stable == recommended
            ? ("ReadyForNewScale", "recommended size matches current size")
            : recommended < stable
                ? ("ScaleDownStabilized",
                    "recent recommendations were higher than current one, applying the highest recent recommendation")
                : ("ScaleUpStabilized",
                    "recent recommendations were lower than current one, applying the lowest recent recommendation");
        var (replicas, limited, reason, message) = Bound(autoscaler, current, stable, up, down, memory, now);
        return new(replicas, able, why, limited, reason, message);
    }

    private static (int Replicas, bool IsLimited, string Reason, string Message) Bound(
        JsonObject autoscaler, int current, int wanted, ScalingBehavior up, ScalingBehavior down, ScalingMemory memory,
        DateTimeOffset now)
    {
        var most = autoscaler.Count("spec", "maxReplicas");
        var least = (int)(autoscaler.Number("spec", "minReplicas") ?? 1);
        if (wanted > current)
        {
            var allowed = Math.Max(current, up.Highest(current, period => memory.Added(now, period)));
            if (wanted > Math.Min(allowed, most))
            {
                return allowed < most
                    ? (allowed, true, "ScaleUpLimit",
                        "the desired replica count is increasing faster than the maximum scale rate")
                    : (most, true, "TooManyReplicas",
                        "the desired replica count is more than the maximum replica count");
            }
        }
        else if (wanted < current)
        {
            var allowed = Math.Min(current, down.Lowest(current, period => memory.Removed(now, period)));
            if (wanted < Math.Max(allowed, least))
            {
                return allowed > least
                    ? (allowed, true, "ScaleDownLimit",
                        "the desired replica count is decreasing faster than the maximum scale rate")
                    : (least, true, "TooFewReplicas",
                        "the desired replica count is less than the minimum replica count");
            }
        }

        return (wanted, false, "DesiredWithinRange", "the desired count is within the acceptable range");
    }
}
