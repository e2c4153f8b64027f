using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Endpoints;

/// <summary>The v1 Endpoints of a Service. Pure.</summary>
internal static class EndpointsObject
{
    public const string ManagedBy = "endpoints.kubernetes.io/managed-by";

    public static JsonArray Subsets(JsonObject service, ImmutableArray<ServiceBackend> backends)
    {
        var subsets = new JsonArray();
        // A terminating pod is no endpoint any more, ready or not; only slices still tell of it.
        foreach (var group in ServiceBackend.ByPorts(backends.Where(backend => !backend.IsTerminating)))
        {
            var subset = new JsonObject();
            Put(subset, "addresses", group.Where(backend => backend.IsReady), service);
            Put(subset, "notReadyAddresses", group.Where(backend => !backend.IsReady), service);
            var ports = group.First().Ports;
            if (!ports.IsEmpty)
            {
                subset["ports"] = new JsonArray([.. ports.Select(port => port.ToJson(withEmptyName: false))]);
            }

            subsets.Add((JsonNode)subset);
        }

        return subsets;
    }

    public static JsonObject Labels(JsonObject service)
    {
        var labels = service.At("metadata", "labels")?.DeepClone() as JsonObject ?? [];
        labels[ManagedBy] = "endpoint-controller";
        if (service.Text("spec", "clusterIP") == "None")
        {
            labels["service.kubernetes.io/headless"] = "";
        }

        return labels;
    }

    private static void Put(JsonObject subset, string field, IEnumerable<ServiceBackend> backends, JsonObject service)
    {
        JsonNode[] addresses = [.. backends.Select(backend => Address(backend, service))];
        if (addresses.Length > 0)
        {
            subset[field] = new JsonArray(addresses);
        }
    }

    private static JsonObject Address(ServiceBackend backend, JsonObject service)
    {
        var address = new JsonObject { ["ip"] = backend.Address };
        if (backend.HostName(service) is { } host)
        {
            address["hostname"] = host;
        }

        if (backend.Pod.Node is { } node)
        {
            address["nodeName"] = node;
        }

        address["targetRef"] = backend.TargetRef();
        return address;
    }
}
