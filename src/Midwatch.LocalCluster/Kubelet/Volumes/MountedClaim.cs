using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Kubelet.Volumes;

/// <summary>A claim in a running container.</summary>
/// <param name="Source">Its folder or disk on this machine.</param>
/// <param name="Target">Where the container has it.</param>
/// <param name="Place">The container's place, to be entered; null when it has none of its own.</param>
internal sealed record MountedClaim(string Source, string Target, ProgramPlace? Place)
{
    /// <summary>Null when the container does not mount the volume.</summary>
    public static MountedClaim? In(
        ContainerInstance instance, JsonObject container, (string Volume, string Source) claim) =>
        container.Items("volumeMounts").FirstOrDefault(mount => mount.Text("name") == claim.Volume) is { } found
            ? new(claim.Source, found.Text("mountPath") ?? "/", instance.Inside([]).Place)
            : null;
}
