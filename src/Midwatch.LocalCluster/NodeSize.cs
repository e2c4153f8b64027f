namespace Midwatch.LocalCluster;

/// <summary>The capacity that a node declares, as Kubernetes quantities.</summary>
/// <param name="Cpu">Cores, as "8".</param>
/// <param name="Memory">As "16Gi".</param>
/// <param name="Pods">Most pods at once.</param>
public sealed record NodeSize(string Cpu, string Memory, int Pods)
{
    /// <summary>8 cores, 16Gi, 110 pods: more than the reference systems ask for, whatever the machine has.</summary>
    public static NodeSize Comfortable { get; } = new("8", "16Gi", 110);
}
