using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>Cells of services, endpoints and ingresses.</summary>
internal static class NetworkCells
{
    private const int ShownMax = 3;

    public static string Endpoints(JsonObject body)
    {
        ImmutableArray<string> all =
        [
            .. FieldPath.Items(body, ".subsets").SelectMany(subset =>
            {
                var ports = FieldPath.ReadAll(subset, ".ports.port");
                var addresses = FieldPath.ReadAll(subset, ".addresses.ip");
                return ports.IsEmpty ? addresses
                    : ports.SelectMany(port => addresses.Select(address => $"{address}:{port}"));
            }),
        ];
        return Shortened(all, "<none>");
    }

    public static string SlicePorts(JsonObject body) => Shortened(FieldPath.ReadAll(body, ".ports.port"), "<unset>");

    public static string SliceEndpoints(JsonObject body) =>
        Shortened([.. FieldPath.Items(body, ".endpoints")
            .SelectMany(one => (one["addresses"] as JsonArray ?? []).Select(FieldPath.Text))], "<unset>");

    public static string ServiceExternalIp(JsonObject body)
    {
        var external =
            string.Join(',', (FieldPath.Read(body, ".spec.externalIPs") as JsonArray ?? []).Select(FieldPath.Text));
        return FieldPath.Text(body, ".spec.type") switch
        {
            "ExternalName" => FieldPath.Text(body, ".spec.externalName"),
            "LoadBalancer" =>
                LoadBalancer(body) is { Length: > 0 } address ? address : external.Length > 0 ? external : "<pending>",
            _ => external.Length > 0 ? external : "<none>",
        };
    }

    public static string ServicePorts(JsonObject body)
    {
        var ports = FieldPath.Items(body, ".spec.ports").Select(port =>
        {
            var node = FieldPath.Number(port, "nodePort");
            var number = FieldPath.Text(port, "port");
            var protocol = FieldPath.Text(port, "protocol", "TCP");
            return node > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{number}:{node}/{protocol}")
                : $"{number}/{protocol}";
        });
        return string.Join(',', ports) is { Length: > 0 } text ? text : "<none>";
    }

    public static string IngressHosts(JsonObject body) =>
        Shortened([.. FieldPath.ReadAll(body, ".spec.rules.host").Where(host => host.Length > 0)], "*");

    public static string LoadBalancer(JsonObject body) =>
        string.Join(',', FieldPath.Items(body, ".status.loadBalancer.ingress")
            .Select(one => FieldPath.Text(one, "ip", FieldPath.Text(one, "hostname"))));

    private static string Shortened(ImmutableArray<string> all, string none) => all.Length switch
    {
        0 => none,
        > ShownMax => string.Create(
            CultureInfo.InvariantCulture, $"{string.Join(',', all.Take(ShownMax))} + {all.Length - ShownMax} more..."),
        _ => string.Join(',', all),
    };
}
