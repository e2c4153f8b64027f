using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Admission;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>
/// Gives Services their ClusterIPs and node ports when they are made, and takes them back when they are gone.
/// </summary>
internal sealed class ServiceAddresses(ServiceAddressAllocator addresses) : IAdmissionHook, IController
{
    private const string Pending = "10.0.0.0";

    private readonly NodePorts _ports = new();

    public string Name => "service-address-controller";

    public FieldError? Admit(KindDefinition kind, JsonObject body, JsonObject? previous, bool isDryRun)
    {
        if (kind is not { Group: "", Kind: "Service" } || body.Text("spec", "type") == "ExternalName")
        {
            return null;
        }

        var spec = body.Need("spec");
        return Address(spec, isDryRun)
            ?? (spec.Text("type") is "NodePort" or "LoadBalancer" ? Ports(spec, isDryRun) : null);

        FieldError? Address(JsonObject service, bool dry)
        {
            if (service.Text("clusterIP") is not { Length: > 0 } wanted)
            {
                return Give(service, dry);
            }

            service["clusterIPs"] ??= new JsonArray(wanted);
            var isKept = wanted == "None" || previous.Text("spec", "clusterIP") == wanted;
            return !isKept && !dry && addresses.Claim(wanted) is { } refusal
                ? FieldError.Invalid("spec.clusterIPs", new JsonArray(wanted), refusal)
                : null;
        }
    }

    public IEnumerable<ObjectKey> Affected(StoreEvent change)
    {
        // Done here and not in Reconcile: only the event still has the addresses.
        if (change.Object.Key.Is("", "services") && change.Type == StoreEventType.Deleted)
        {
            addresses.Release(change.Object.Body.Text("spec", "clusterIP") ?? "");
            foreach (var port in change.Object.Body.Items("spec", "ports"))
            {
                _ports.Release(port.Number("nodePort"));
            }
        }

        return [];
    }

    public TimeSpan? Reconcile(ObjectKey key) => null;

    private FieldError? Give(JsonObject spec, bool isDryRun)
    {
        if ((isDryRun ? Pending : addresses.Allocate()) is not { } address)
        {
            return FieldError.Invalid("spec.clusterIPs", new JsonArray(),
                "failed to allocate a serviceIP: range is full");
        }

        spec["clusterIP"] = address;
        spec["clusterIPs"] = new JsonArray(address);
        return null;
    }

    private FieldError? Ports(JsonObject spec, bool isDryRun)
    {
        foreach (var (port, index) in spec.Items("ports").Select((port, index) => (port, index)))
        {
            if (port.Number("nodePort") is > 0)
            {
                continue;
            }

            if (_ports.Allocate(isDryRun) is not { } number)
            {
                return FieldError.Invalid(
                    $"spec.ports[{index}].nodePort", null, "failed to allocate a nodePort: range is full");
            }

            port["nodePort"] = number;
        }

        return null;
    }
}
