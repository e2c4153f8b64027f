using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Network.Names;

/// <summary>
/// Finds the service behind a name that is used outside of the cluster: NAME, NAME.NS, NAME.NS.svc and
/// NAME.NS.svc.cluster.local. A bare name is looked for in the asker's namespace first, and leads elsewhere only when
/// a single service of the cluster has it.
/// </summary>
internal sealed class NameLookup(ObjectStore store)
{
    private const string ServiceNameLabel = "kubernetes.io/service-name";
    private const string FullEnd = ".svc.cluster.local";
    private const string ShortEnd = ".svc";

    public NameTarget Find(string host, int port, string asker)
    {
        var full = host.TrimEnd('.');
        var end = full.EndsWith(FullEnd, StringComparison.Ordinal) ? FullEnd
            : full.EndsWith(ShortEnd, StringComparison.Ordinal) ? ShortEnd : "";
        var name = full[..^end.Length];
        return name.Split('.') switch
        {
            [var only] when only.Length > 0 && end.Length == 0 => Bare(only, port, asker),
            [var service, var ns] when service.Length > 0 && ns.Length > 0 =>
                store.Get(new("", "services", ns, service)) is { } found ? Lead(found, port) : Unknown(host),
            _ => Unknown(host),
        };
    }

    private NameTarget Bare(string name, int port, string asker)
    {
        if (store.Get(new("", "services", asker, name)) is { } own)
        {
            return Lead(own, port);
        }

        var all = store.List("", "services", null).Where(service => service.Key.Name == name).ToList();
        return all switch
        {
            [] => Unknown(name),
            [var single] => Lead(single, port),
            _ => new NameTarget.Nowhere($"Several namespaces have a service {name}: "
                + string.Join(", ", all.Select(one => $"{name}.{one.Key.Namespace}").Order(StringComparer.Ordinal))
                + ". Say which."),
        };
    }

    private NameTarget Lead(StoredObject service, int port)
    {
        var name = $"{service.Key.Name}.{service.Key.Namespace}";
        var slices = store.List("discovery.k8s.io", "endpointslices", service.Key.Namespace)
            .Select(slice => slice.Body)
            .Where(slice => ObjectMetadata.Label(slice, ServiceNameLabel) == service.Key.Name).ToList();
        if (!IPAddress.TryParse(service.Body.Text("spec", "clusterIP"), out var address))
        {
            return Headless(name, slices, port);
        }

        // Only what the service itself offers: behind its address and another port could be a program of the machine.
        return !ServiceBackends.Of(service.Body, slices).TryGetValue(port, out var backends)
            ? new NameTarget.Nowhere($"Connection refused: the service {name} has no port {port}.")
            : backends.IsEmpty ? NoEndpoint(name)
            : new NameTarget.Found([new IPEndPoint(address, port)]);
    }

    private static NameTarget Headless(string name, List<JsonObject> slices, int port)
    {
        var addresses = ServiceBackends.Addresses(slices)
            .Select(one => IPAddress.TryParse(one.Address, out var address) ? address : null).OfType<IPAddress>()
            .Select(address => new IPEndPoint(address, port)).ToImmutableArray();
        return addresses.IsEmpty ? NoEndpoint(name) : new NameTarget.Found(addresses);
    }

    private static NameTarget.Nowhere NoEndpoint(string name) =>
        new($"Connection refused: the service {name} has no ready endpoint.");

    private static NameTarget.Nowhere Unknown(string host) =>
        new($"Could not resolve host: {host} is no service of this cluster, and nothing else is reached from here.");
}
