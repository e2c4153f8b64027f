using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Network;

/// <summary>Where a service sends its connections, from the Service and its EndpointSlices. Pure.</summary>
internal static class ServiceBackends
{
    /// <summary>For each TCP port of the service, the ready endpoints; empty where there is none.</summary>
    public static ImmutableDictionary<int, ImmutableArray<IPEndPoint>> Of(
        JsonObject service, IEnumerable<JsonObject> slices)
    {
        var all = slices.ToList();
        return service.Items("spec", "ports")
            .Where(port => (port.Text("protocol") ?? "TCP") == "TCP" && port.Number("port") is not null)
            .ToImmutableDictionary(port => port.Count("port"), port => Endpoints(port.Text("name") ?? "", all));
    }

    /// <summary>The ready addresses with the host name each has, for the names of a headless service.</summary>
    public static ImmutableArray<NamedAddress> Addresses(IEnumerable<JsonObject> slices) =>
    [
        .. slices.SelectMany(slice => slice.Items("endpoints")).Where(IsReady)
            .SelectMany(endpoint => Texts(endpoint, "addresses")
                .Select(address => new NamedAddress(address, endpoint.Text("hostname"))))
            .Distinct()
            .OrderBy(address => address.Address, StringComparer.Ordinal),
    ];

    private static ImmutableArray<IPEndPoint> Endpoints(string portName, List<JsonObject> slices) =>
    [
        .. from slice in slices
           from port in slice.Items("ports")
           where (port.Text("name") ?? "") == portName && port.Number("port") is not null
           from endpoint in slice.Items("endpoints")
           where IsReady(endpoint)
           from address in Texts(endpoint, "addresses")
           where IPAddress.TryParse(address, out _)
           select new IPEndPoint(IPAddress.Parse(address), port.Count("port")),
    ];

    // An absent condition means ready (discovery/v1).
    private static bool IsReady(JsonObject endpoint) =>
        endpoint.At("conditions", "ready") is null || endpoint.Flag("conditions", "ready");

    private static IEnumerable<string> Texts(JsonObject parent, string field) =>
        parent.At(field) is JsonArray array
            ? array.OfType<JsonValue>().Select(value => value.TryGetValue<string>(out var text) ? text : "")
            : [];

    /// <summary>An endpoint's address and, for pods of a StatefulSet, its host name.</summary>
    internal readonly record struct NamedAddress(string Address, string? Host);
}
