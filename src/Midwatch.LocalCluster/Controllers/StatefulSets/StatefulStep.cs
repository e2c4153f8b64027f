namespace Midwatch.LocalCluster.Controllers.StatefulSets;

/// <summary>One thing to do for a StatefulSet.</summary>
internal abstract record StatefulStep
{
    private StatefulStep()
    {
    }

    /// <param name="FromUpdate">Take the newest template; otherwise the one that the set is coming from.</param>
    internal sealed record Create(int Ordinal, bool FromUpdate) : StatefulStep;

    internal sealed record Delete(PodFacts Pod) : StatefulStep;
}
