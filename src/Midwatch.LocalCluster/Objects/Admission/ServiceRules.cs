using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Faults of a Service's spec.</summary>
internal static class ServiceRules
{
    private const string PortRange = "must be between 1 and 65535, inclusive";

    public static IEnumerable<FieldError> Check(JsonObject spec)
    {
        var type = spec["type"]?.GetValue<string>() ?? "ClusterIP";
        var isHeadless = spec["clusterIP"]?.GetValue<string>() == "None";
        var ports = (spec["ports"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        if (ports.Count == 0 && !isHeadless && type != "ExternalName")
        {
            yield return FieldError.Required("spec.ports");
        }

        if (type == "ExternalName" && string.IsNullOrEmpty(spec["externalName"]?.GetValue<string>()))
        {
            yield return FieldError.Required("spec.externalName");
        }

        if (type is not ("ClusterIP" or "ExternalName" or "LoadBalancer" or "NodePort"))
        {
            yield return FieldError.NotSupported(
                "spec.type", type, "ClusterIP", "ExternalName", "LoadBalancer", "NodePort");
        }

        foreach (var error in ports.SelectMany((port, index) => Port(port, $"spec.ports[{index}]", ports.Count > 1)))
        {
            yield return error;
        }

        foreach (var error in Duplicates(ports))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Port(JsonObject port, string path, bool needsName)
    {
        if (needsName && string.IsNullOrEmpty(port["name"]?.GetValue<string>()))
        {
            yield return FieldError.Required($"{path}.name");
        }

        var number = port["port"]?.GetValue<long>() ?? 0;
        if (number is < 1 or > 65535)
        {
            yield return FieldError.Invalid($"{path}.port", number, PortRange);
        }

        if (port["targetPort"] is JsonValue target && target.TryGetValue<long>(out var targetNumber)
            && targetNumber is < 1 or > 65535)
        {
            yield return FieldError.Invalid($"{path}.targetPort", targetNumber, PortRange);
        }

        if (port["protocol"]?.GetValue<string>() is { } protocol and not ("TCP" or "UDP" or "SCTP"))
        {
            yield return FieldError.NotSupported($"{path}.protocol", protocol, "SCTP", "TCP", "UDP");
        }

        if (port["nodePort"] is JsonValue node
            && node.GetValue<long>() is not 0 and (< 30000 or > 32767) and var nodePort)
        {
            yield return FieldError.Invalid(
                $"{path}.nodePort", nodePort,
                    "provided port is not in the valid range. The range of valid ports is 30000-32767");
        }
    }

    private static IEnumerable<FieldError> Duplicates(List<JsonObject> ports)
    {
        var names = new HashSet<string>();
        for (var index = 0; index < ports.Count; index++)
        {
            if (ports[index]["name"]?.GetValue<string>() is { Length: > 0 } name && !names.Add(name))
            {
                yield return FieldError.Duplicate($"spec.ports[{index}].name", name);
            }
        }
    }
}
