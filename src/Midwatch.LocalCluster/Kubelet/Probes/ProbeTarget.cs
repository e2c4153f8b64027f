using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Probes;

/// <summary>What a probe looks at.</summary>
/// <param name="Address">The pod's address.</param>
/// <param name="Container">The container's spec, for its named ports.</param>
/// <param name="Root">The container's folder: where an exec probe runs.</param>
/// <param name="Environment">The container's variables, which an exec probe gets too.</param>
internal sealed record ProbeTarget(
    string Address,
    JsonObject Container,
    string Root,
    ImmutableDictionary<string, string> Environment,
    ProgramStarter Starter)
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
