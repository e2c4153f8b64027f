namespace Midwatch.LocalCluster.Kubelet;

/// <summary>What one container used over the last sampling window.</summary>
/// <param name="Node">The node that it runs on.</param>
/// <param name="CpuNanocores">Billionths of one core, averaged over the window.</param>
/// <param name="MemoryBytes">Resident memory.</param>
internal sealed record UsageSample(
    string Namespace, string Pod, string Container, string Node, long CpuNanocores, long MemoryBytes);
