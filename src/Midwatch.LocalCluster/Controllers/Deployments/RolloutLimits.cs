using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Deployments;

/// <summary>How far a rollout may go beyond and below the wanted size, in pods.</summary>
internal sealed record RolloutLimits(int Desired, int MaxSurge, int MaxUnavailable)
{
    private static readonly IntOrPercent Quarter = new(25, IsPercent: true);

    /// <summary>Most pods at once, old and new.</summary>
    public int Total => Desired + MaxSurge;

    /// <summary>Fewest available pods that a rollout leaves.</summary>
    public int Available => Desired - MaxUnavailable;

    public static RolloutLimits Of(JsonObject deployment)
    {
        var desired = (int)(deployment.Number("spec", "replicas") ?? 1);
        if (IsRecreate(deployment))
        {
            return new(desired, MaxSurge: 0, MaxUnavailable: 0);
        }

        var rolling = deployment.At("spec", "strategy", "rollingUpdate");
        // Surge rounds up and unavailability down; were both nothing, the rollout could never start.
        var surge = IntOrPercent.Read(rolling.At("maxSurge"), Quarter).RoundedUp(desired);
        var unavailable = IntOrPercent.Read(rolling.At("maxUnavailable"), Quarter).RoundedDown(desired);
        if (surge == 0 && unavailable == 0)
        {
            unavailable = 1;
        }

        return new(desired, surge, Math.Min(unavailable, desired));
    }

    public static bool IsRecreate(JsonObject deployment) =>
        deployment.Text("spec", "strategy", "type") == "Recreate";
}
