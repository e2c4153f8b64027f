using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Scheduling;

/// <summary>A port of the node's that a container takes for itself.</summary>
internal readonly record struct HostPort(string Address, long Port, string Protocol)
{
    public static IEnumerable<HostPort> Of(JsonObject pod) =>
        pod.Items("spec", "containers").SelectMany(container => container.Items("ports"))
            .Where(port => port.Number("hostPort") is > 0)
            .Select(port => new HostPort(
                port.Text("hostIP") ?? "0.0.0.0", port.Number("hostPort")!.Value, port.Text("protocol") ?? "TCP"));
}
