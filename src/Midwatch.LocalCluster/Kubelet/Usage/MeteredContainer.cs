using Midwatch.LocalCluster.Kubelet.Containers;

namespace Midwatch.LocalCluster.Kubelet.Usage;

/// <summary>A running container that is measured.</summary>
/// <param name="MemoryLimit">Bytes; null for none.</param>
internal readonly record struct MeteredContainer(
    string Namespace, string Pod, string Container, ContainerInstance Instance, long? MemoryLimit);
