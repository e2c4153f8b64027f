using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Tables;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Api.Proxy;

/// <summary>Finds out where "[scheme:]name[:port]" of a service or pod leads.</summary>
internal sealed class ProxyResolver(ObjectStore store)
{
    /// <summary>The target, or null and why not.</summary>
    public ProxyTarget? Resolve(ApiCall call, out ApiStatus? refusal)
    {
        var (scheme, name, port) = call.Target.Name.Split(':') switch
        {
            [var only] => ("http", only, ""),
            [var left, var right] => ("http", left, right),
            [var first, var middle, var last] => (first.Length == 0 ? "http" : first, middle, last),
            _ => ("", call.Target.Name, ""),
        };
        if (scheme is not ("http" or "https"))
        {
            refusal = ApiStatus.BadRequest($"invalid {call.Kind.Singular} request \"{call.Target.Name}\"");
            return null;
        }

        if (store.Get(call.Key with { Name = name }) is not { } target)
        {
            refusal = ApiStatus.NotFound(call.Kind, name);
            return null;
        }

        return call.Kind.Plural == "pods"
            ? Pod(target, scheme, port, out refusal)
            : Service(target, scheme, port, out refusal);
    }

    private static ProxyTarget? Pod(StoredObject pod, string scheme, string port, out ApiStatus? refusal)
    {
        refusal = null;
        var ports = FieldPath.ReadAll(pod.Body, ".spec.containers.ports.containerPort");
        var number = port.Length > 0 ? port : ports.IsEmpty ? "80" : ports[0];
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted))
        {
            return new ProxyTarget(
                scheme, pod.Key.Namespace!, pod.Key.Name, FieldPath.Text(pod.Body, ".status.podIP"), wanted);
        }

        refusal = ApiStatus.BadRequest($"invalid pod request \"{pod.Key.Name}:{port}\"");
        return null;
    }

    private ProxyTarget? Service(StoredObject service, string scheme, string port, out ApiStatus? refusal)
    {
        refusal = null;
        var ports = FieldPath.Items(service.Body, ".spec.ports").ToList();
        var chosen = port.Length == 0
            ? ports.FirstOrDefault()
            : ports.Find(one => FieldPath.Text(one, "name") == port || FieldPath.Text(one, "port") == port);
        if (chosen is null)
        {
            refusal = ApiStatus.Unavailable($"no service port \"{port}\" found for service \"{service.Key.Name}\"");
            return null;
        }

        var slices = store.List("discovery.k8s.io", "endpointslices", service.Key.Namespace)
            .Where(slice => ObjectMetadata.Label(slice.Body, "kubernetes.io/service-name") == service.Key.Name);
        foreach (var slice in slices)
        {
            var number = FieldPath.Items(slice.Body, ".ports")
                .FirstOrDefault(one => FieldPath.Text(one, "name") == FieldPath.Text(chosen, "name"));
            var endpoint = FieldPath.Items(slice.Body, ".endpoints").FirstOrDefault(IsReady);
            if (number is not null && endpoint is not null)
            {
                return new ProxyTarget(
                    scheme,
                    service.Key.Namespace!,
                    FieldPath.Text(endpoint, ".targetRef.name"),
                    endpoint["addresses"]?[0]?.GetValue<string>() ?? "",
                    (int)FieldPath.Number(number, "port"));
            }
        }

        refusal = ApiStatus.Unavailable($"no endpoints available for service \"{service.Key.Name}\"");
        return null;
    }

    // Unknown readiness counts as ready (discovery.k8s.io EndpointConditions).
    private static bool IsReady(JsonObject endpoint) =>
        endpoint["conditions"]?["ready"]?.GetValue<bool>() != false && endpoint["targetRef"] is not null;
}
