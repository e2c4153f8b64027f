using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet.Containers;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>What a probe looks at.</summary>
/// <param name="Address">The pod's address.</param>
/// <param name="Container">The container's spec, for its named ports.</param>
/// <param name="Instance">The running container: an exec probe is a further program of it.</param>
internal sealed record ProbeTarget(
    string Address, JsonObject Container, ContainerInstance Instance, ProgramStarter Starter)
{
    /// <summary>
    /// The number of a port given by number or name; null for a name that the container does not declare.
    /// </summary>
    public int? Port(JsonNode? port)
    {
        if (port is JsonValue number && number.TryGetValue<int>(out var given))
        {
            return given;
        }

        var name = port?.ToString();
        return int.TryParse(name, out var parsed)
            ? parsed
            : (int?)Container.Items("ports").FirstOrDefault(one => one.Text("name") == name).Number("containerPort");
    }
}
