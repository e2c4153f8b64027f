namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>From a ratio of use to target to a number of pods (podautoscaler, replica_calculator.go). Pure.</summary>
internal static class Recommendation
{
    // --horizontal-pod-autoscaler-tolerance
    private const double Tolerance = 0.1;

    /// <param name="ratio">Use over target, with what was assumed for pods that were not measured.</param>
    /// <param name="measured">The same without assumptions.</param>
    /// <param name="pods">How many pods the ratio is of.</param>
    /// <param name="current">The present size.</param>
    public static int Of(double ratio, double measured, int pods, int current)
    {
        if (Math.Abs(1 - measured) <= Tolerance || Math.Abs(1 - ratio) <= Tolerance)
        {
            return current;
        }

        // An assumption that turns the direction round means that it is not known which way to go.
        if ((measured < 1 && ratio > 1) || (measured > 1 && ratio < 1))
        {
            return current;
        }

        var wanted = (int)Math.Ceiling(Math.Round(ratio * pods, 6));
        return (measured < 1 && wanted > current) || (measured > 1 && wanted < current) ? current : wanted;
    }
}
