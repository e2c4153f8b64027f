using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers.Endpoints;

/// <summary>A pod behind a Service, with the Service's ports as numbers of that pod.</summary>
internal sealed record ServiceBackend(PodFacts Pod, string Address, bool IsReady, ImmutableArray<BackendPort> Ports)
{
    public bool IsTerminating => Pod.IsTerminating;

    /// <summary>All pods of a Service that have an address and have not ended, terminating ones too.</summary>
    public static ImmutableArray<ServiceBackend> Of(JsonObject service, IEnumerable<PodFacts> pods)
    {
        var query = LabelQuery.OfMap(service.At("spec", "selector"));
        var evenUnready = service.Flag("spec", "publishNotReadyAddresses");
        return
        [
            .. pods.Where(pod => !pod.IsFinished && query.Matches(pod.Body))
                .Select(pod => (Pod: pod, Address: pod.Body.Text("status", "podIP")))
                .Where(entry => !string.IsNullOrEmpty(entry.Address))
                .OrderBy(entry => Sortable(entry.Address!), StringComparer.Ordinal)
                .Select(entry => new ServiceBackend(
                    entry.Pod, entry.Address!, entry.Pod.IsReady || evenUnready, Resolve(service, entry.Pod.Body)))
                .Where(backend => !backend.Ports.IsEmpty || !service.Items("spec", "ports").Any()),
        ];
    }

    /// <summary>Backends with the same ports, which share a subset or slice.</summary>
    public static IEnumerable<IGrouping<string, ServiceBackend>> ByPorts(IEnumerable<ServiceBackend> backends) =>
        backends.GroupBy(
            backend => string.Join(',', backend.Ports.Select(port => $"{port.Name}/{port.Protocol}/{port.Number}")),
            StringComparer.Ordinal);

    public JsonObject TargetRef() => new()
    {
        ["kind"] = "Pod",
        ["name"] = Pod.Name,
        ["namespace"] = Pod.Source.Key.Namespace,
        ["uid"] = Pod.Uid,
    };

    /// <summary>The pod's host name when the Service is the one that gives it a name of its own.</summary>
    public string? HostName(JsonObject service) =>
        Pod.Body.Text("spec", "subdomain") == service.Text("metadata", "name")
            ? Pod.Body.Text("spec", "hostname")
            : null;

    // A named port is looked up in each pod, so that pods of different versions may listen on different ones.
    private static ImmutableArray<BackendPort> Resolve(JsonObject service, JsonObject pod)
    {
        var ports = ImmutableArray.CreateBuilder<BackendPort>();
        foreach (var port in service.Items("spec", "ports"))
        {
            var protocol = port.Text("protocol") ?? "TCP";
            var number = port.Number("targetPort")
                ?? (port.Text("targetPort") is { } name ? Named(pod, name, protocol) : port.Number("port"));
            if (number is { } known)
            {
                ports.Add(new BackendPort(port.Text("name"), (int)known, protocol, port.Text("appProtocol")));
            }
        }

        return ports.ToImmutable();
    }

    private static long? Named(JsonObject pod, string name, string protocol) =>
        pod.Items("spec", "containers").SelectMany(container => container.Items("ports"))
            .FirstOrDefault(port => port.Text("name") == name && (port.Text("protocol") ?? "TCP") == protocol)
            .Number("containerPort");

    private static string Sortable(string address) =>
        IPAddress.TryParse(address, out var parsed) ? Convert.ToHexString(parsed.GetAddressBytes()) : address;
}
