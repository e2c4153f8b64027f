using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Endpoints;

/// <summary>The discovery.k8s.io EndpointSlices of a Service: one per set of ports. Pure.</summary>
internal static class EndpointSlices
{
    public const string ServiceLabel = "kubernetes.io/service-name";
    public const string ManagedBy = "endpointslice.kubernetes.io/managed-by";
    public const string Manager = "endpointslice-controller.k8s.io";

    public static ImmutableArray<JsonObject> Of(JsonObject service, ImmutableArray<ServiceBackend> backends)
    {
        var slices = ServiceBackend.ByPorts(backends).Select(group => Slice(service, [.. group])).ToImmutableArray();
        return slices.IsEmpty ? [Slice(service, [])] : slices;
    }

    private static JsonObject Slice(JsonObject service, ImmutableArray<ServiceBackend> backends)
    {
        var labels = service.At("metadata", "labels")?.DeepClone() as JsonObject ?? [];
        labels[ManagedBy] = Manager;
        labels[ServiceLabel] = service.Text("metadata", "name");
        if (service.Text("spec", "clusterIP") == "None")
        {
            labels["service.kubernetes.io/headless"] = "";
        }

        var slice = new JsonObject
        {
            ["addressType"] = "IPv4",
            ["apiVersion"] = "discovery.k8s.io/v1",
            ["endpoints"] = new JsonArray([.. backends.Select(backend => Endpoint(backend, service))]),
            ["kind"] = "EndpointSlice",
            ["metadata"] = new JsonObject
            {
                ["generateName"] = service.Text("metadata", "name") + "-",
                ["namespace"] = service.Text("metadata", "namespace"),
                ["labels"] = labels,
                ["ownerReferences"] = new JsonArray(Ownership.Reference(service)),
            },
            ["ports"] = backends.IsEmpty
                ? null
                : new JsonArray([.. backends[0].Ports.Select(port => port.ToJson(withEmptyName: true))]),
        };
        return slice;
    }

    private static JsonObject Endpoint(ServiceBackend backend, JsonObject service)
    {
        var endpoint = new JsonObject
        {
            ["addresses"] = new JsonArray(backend.Address),
            ["conditions"] = new JsonObject
            {
                ["ready"] = backend.IsReady && !backend.IsTerminating,
                ["serving"] = backend.IsReady,
                ["terminating"] = backend.IsTerminating,
            },
        };
        if (backend.HostName(service) is { } host)
        {
            endpoint["hostname"] = host;
        }

        if (backend.Pod.Node is { } node)
        {
            endpoint["nodeName"] = node;
        }

        endpoint["targetRef"] = backend.TargetRef();
        if (backend.Pod.Body.Text("metadata", "labels", "topology.kubernetes.io/zone") is { } zone)
        {
            endpoint["zone"] = zone;
        }

        return endpoint;
    }
}
