using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>
/// The variables that a container gets for each service of its namespace (docker-link style, as the kubelet makes
/// them).
/// </summary>
internal static class ServiceVariables
{
    public static ImmutableDictionary<string, string> Of(IEnumerable<StoredObject> services) =>
        services.Aggregate(ImmutableDictionary<string, string>.Empty, (all, service) => Add(all, service.Body));

    private static ImmutableDictionary<string, string> Add(ImmutableDictionary<string, string> all, JsonObject service)
    {
        var address = service.Text("spec", "clusterIP");
        var ports = service.Items("spec", "ports").ToList();
        if (address is null or "" or "None" || ports.Count == 0)
        {
            return all;
        }

        var name = (service.Text("metadata", "name") ?? "").ToUpperInvariant().Replace('-', '_');
        all = all.SetItem($"{name}_SERVICE_HOST", address).SetItem($"{name}_SERVICE_PORT", $"{ports[0].Count("port")}");
        foreach (var port in ports)
        {
            if (port.Text("name") is { Length: > 0 } portName)
            {
                var suffix = portName.ToUpperInvariant().Replace('-', '_');
                all = all.SetItem($"{name}_SERVICE_PORT_{suffix}", $"{port.Count("port")}");
            }

            var protocol = port.Text("protocol") ?? "TCP";
            var scheme = protocol switch { "UDP" => "udp", "SCTP" => "sctp", _ => "tcp" };
            var url = $"{scheme}://{address}:{port.Count("port")}";
            var prefix = $"{name}_PORT_{port.Count("port")}_{protocol}";
            all = all.SetItem(prefix, url)
                .SetItem($"{prefix}_PROTO", scheme)
                .SetItem($"{prefix}_PORT", $"{port.Count("port")}")
                .SetItem($"{prefix}_ADDR", address);
            all = port == ports[0] ? all.SetItem($"{name}_PORT", url) : all;
        }

        return all;
    }
}
