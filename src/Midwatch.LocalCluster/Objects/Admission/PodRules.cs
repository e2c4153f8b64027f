using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Faults of a pod spec.</summary>
internal static class PodRules
{
    public static IEnumerable<FieldError> Check(JsonObject spec, string path)
    {
        if (spec["containers"] is not JsonArray { Count: > 0 })
        {
            yield return FieldError.Required($"{path}.containers");
        }

        var volumes = (spec["volumes"] as JsonArray ?? [])
            .Select(volume => volume?["name"]?.GetValue<string>() ?? "").ToHashSet();
        var seen = new HashSet<string>();
        foreach (var list in (string[])["initContainers", "containers"])
        {
            var index = 0;
            foreach (var container in (spec[list] as JsonArray ?? []).OfType<JsonObject>())
            {
                foreach (var error in ContainerRules(container, $"{path}.{list}[{index}]", volumes, seen))
                {
                    yield return error;
                }

                index++;
            }
        }

        if (spec["restartPolicy"]?.GetValue<string>() is { } policy and not ("Always" or "OnFailure" or "Never"))
        {
            yield return FieldError.NotSupported($"{path}.restartPolicy", policy, "Always", "OnFailure", "Never");
        }
    }

    private static IEnumerable<FieldError> ContainerRules(
        JsonObject container, string path, HashSet<string> volumes, HashSet<string> seen)
    {
        var name = container["name"]?.GetValue<string>() ?? "";
        if (name.Length == 0)
        {
            yield return FieldError.Required($"{path}.name");
        }
        else if (NameRules.Label(name) is { } wrong)
        {
            yield return FieldError.Invalid($"{path}.name", name, wrong);
        }
        else if (!seen.Add(name))
        {
            yield return FieldError.Duplicate($"{path}.name", name);
        }

        if (container["image"]?.GetValue<string>() is null or "")
        {
            yield return FieldError.Required($"{path}.image");
        }

        var rest = Ports(container, path).Concat(Environment(container, path)).Concat(Mounts(container, path, volumes))
            .Concat(Probes(container, path)).Concat(Resources(container, path));
        foreach (var error in rest)
        {
            yield return error;
        }

        if (container["imagePullPolicy"]?.GetValue<string>() is { } pull and not (
            "Always" or "IfNotPresent" or "Never"))
        {
            yield return FieldError.NotSupported($"{path}.imagePullPolicy", pull, "Always", "IfNotPresent", "Never");
        }
    }

    private static IEnumerable<FieldError> Ports(JsonObject container, string path)
    {
        var index = 0;
        foreach (var port in (container["ports"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var at = $"{path}.ports[{index++}]";
            var number = port["containerPort"]?.GetValue<long>();
            if (number is null or 0)
            {
                yield return FieldError.Required($"{at}.containerPort");
            }
            else if (number is < 1 or > 65535)
            {
                yield return FieldError.Invalid(
                    $"{at}.containerPort", number, "must be between 1 and 65535, inclusive");
            }

            if (port["protocol"]?.GetValue<string>() is { } protocol and not ("TCP" or "UDP" or "SCTP"))
            {
                yield return FieldError.NotSupported($"{at}.protocol", protocol, "SCTP", "TCP", "UDP");
            }
        }
    }

    private static IEnumerable<FieldError> Environment(JsonObject container, string path)
    {
        var index = 0;
        foreach (var variable in (container["env"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var at = $"{path}.env[{index++}]";
            if (variable["name"]?.GetValue<string>() is null or "")
            {
                yield return FieldError.Required($"{at}.name");
            }

            if (variable["valueFrom"] is not null && variable["value"]?.GetValue<string>() is { Length: > 0 })
            {
                yield return FieldError.Invalid(
                    $"{at}.valueFrom", "", "may not be specified when `value` is not empty");
            }
        }
    }

    private static IEnumerable<FieldError> Mounts(JsonObject container, string path, HashSet<string> volumes)
    {
        var index = 0;
        var places = new HashSet<string>();
        foreach (var mount in (container["volumeMounts"] as JsonArray ?? []).OfType<JsonObject>())
        {
            var at = $"{path}.volumeMounts[{index++}]";
            var name = mount["name"]?.GetValue<string>() ?? "";
            var place = mount["mountPath"]?.GetValue<string>() ?? "";
            if (name.Length == 0)
            {
                yield return FieldError.Required($"{at}.name");
            }
            else if (!volumes.Contains(name))
            {
                yield return FieldError.NotFound($"{at}.name", name);
            }

            if (place.Length == 0)
            {
                yield return FieldError.Required($"{at}.mountPath");
            }
            else if (!places.Add(place))
            {
                yield return FieldError.Invalid($"{at}.mountPath", place, "must be unique");
            }
        }
    }

    private static IEnumerable<FieldError> Probes(JsonObject container, string path)
    {
        foreach (var name in (string[])["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container[name] is not JsonObject probe)
            {
                continue;
            }

            var handlers = ((string[])["exec", "httpGet", "tcpSocket", "grpc"]).Where(probe.ContainsKey).ToList();
            if (handlers.Count == 0)
            {
                yield return FieldError.Required($"{path}.{name}", "must specify a handler type");
            }

            foreach (var further in handlers.Skip(1))
            {
                yield return FieldError.Forbidden(
                    $"{path}.{name}.{further}", "may not specify more than 1 handler type");
            }
        }
    }

    private static IEnumerable<FieldError> Resources(JsonObject container, string path)
    {
        var limits = container["resources"]?["limits"] as JsonObject ?? [];
        foreach (var (name, amount) in container["resources"]?["requests"] as JsonObject ?? [])
        {
            var asked = amount?.GetValue<string>() ?? "";
            var limit = limits[name]?.GetValue<string>();
            if (limit is not null && Quantity.ParseNano(asked) > Quantity.ParseNano(limit))
            {
                yield return FieldError.Invalid(
                    $"{path}.resources.requests", asked, $"must be less than or equal to {name} limit of {limit}");
            }
        }
    }
}
