using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Kinds;

namespace Midwatch.LocalCluster.Api.Tables;

/// <summary>The cells that kinds.yaml names because a path cannot say them, after Kubernetes' printers.</summary>
internal static class CellFunctions
{
    private const string None = "<none>";

    private static readonly FrozenDictionary<string, Func<JsonObject, DateTimeOffset, JsonNode?>> ByName =
        new Dictionary<string, Func<JsonObject, DateTimeOffset, JsonNode?>>
        {
            ["podReady"] = (body, _) => PodCells.Of(body).Ready,
            ["podStatus"] = (body, _) => PodCells.Of(body).Status,
            ["podRestarts"] = (body, now) => PodCells.Of(body).Restarts(now),
            ["podReadinessGates"] = (body, _) => ReadinessGates(body),
            ["dataCount"] = (body, _) => Count(body["data"]) + Count(body["binaryData"]),
            ["replicasReady"] = (body, _) =>
                Fraction(FieldPath.Number(body, ".status.readyReplicas"), FieldPath.Number(body, ".spec.replicas")),
            ["endpoints"] = (body, _) => NetworkCells.Endpoints(body),
            ["slicePorts"] = (body, _) => NetworkCells.SlicePorts(body),
            ["sliceEndpoints"] = (body, _) => NetworkCells.SliceEndpoints(body),
            ["serviceClusterIp"] = (body, _) => FieldPath.Text(body, ".spec.clusterIP", None),
            ["serviceExternalIp"] = (body, _) => NetworkCells.ServiceExternalIp(body),
            ["servicePorts"] = (body, _) => NetworkCells.ServicePorts(body),
            ["ingressHosts"] = (body, _) => NetworkCells.IngressHosts(body),
            ["ingressAddress"] = (body, _) => NetworkCells.LoadBalancer(body),
            ["ingressPorts"] = (body, _) => FieldPath.Items(body, ".spec.tls").Any() ? "80, 443" : "80",
            ["nodeStatus"] = (body, _) => NodeCells.Status(body),
            ["nodeRoles"] = (body, _) => NodeCells.Roles(body),
            ["nodeInternalIp"] = (body, _) => NodeCells.Address(body, "InternalIP"),
            ["nodeExternalIp"] = (body, _) => NodeCells.Address(body, "ExternalIP"),
            ["eventLastSeen"] = EventCells.LastSeen,
            ["eventFirstSeen"] = EventCells.FirstSeen,
            ["eventObject"] = (body, _) => EventCells.About(body),
            ["eventSource"] = (body, _) => EventCells.Source(body),
            ["eventMessage"] = (body, _) => FieldPath.Text(body, ".message").Trim(),
            ["eventCount"] = (body, _) => EventCells.Count(body),
            ["claimStatus"] = (body, _) =>
                body["metadata"]?["deletionTimestamp"] is null ? FieldPath.Text(body, ".status.phase") : "Terminating",
            ["claimCapacity"] = (body, _) => IsBound(body) ? FieldPath.Text(body, ".status.capacity.storage") : "",
            ["claimAccessModes"] = (body, _) => IsBound(body)
                ? StorageCells.AccessModes(body, ".status.accessModes")
                : "",
            ["volumeAccessModes"] = (body, _) => StorageCells.AccessModes(body, ".spec.accessModes"),
            ["volumeClaim"] = (body, _) => StorageCells.Claim(body),
            ["storageClassName"] = (body, _) => StorageCells.ClassName(body),
            ["quotaRequests"] = (body, _) => QuotaCells.Of(body, areLimits: false),
            ["quotaLimits"] = (body, _) => QuotaCells.Of(body, areLimits: true),
            ["controllerOf"] = (body, _) => ControllerOf(body),
            ["autoscalerReference"] = (body, _) =>
                FieldPath.Text(body, ".spec.scaleTargetRef.kind") + "/"
                    + FieldPath.Text(body, ".spec.scaleTargetRef.name"),
            ["autoscalerTargets"] = (body, _) => AutoscalerTargets(body),
            ["cronJobSuspend"] = (body, _) => FieldPath.Text(body, ".spec.suspend") == "true" ? "True" : "False",
            ["jobStatus"] = (body, _) => JobStatus(body),
            ["jobCompletions"] = (body, _) => JobCompletions(body),
            ["jobDuration"] = JobDuration,
            ["boundRole"] = (body, _) =>
                $"{FieldPath.Text(body, ".roleRef.kind")}/{FieldPath.Text(body, ".roleRef.name")}",
            ["componentStatus"] = (body, _) => AdministrationCells.Component(body, ".status"),
            ["componentMessage"] = (body, _) => AdministrationCells.Component(body, ".message"),
            ["componentError"] = (body, _) => AdministrationCells.Component(body, ".error"),
            ["apiServiceBackend"] = (body, _) => AdministrationCells.Backend(body),
            ["apiServiceAvailable"] = (body, _) => AdministrationCells.Available(body),
            ["requestedDuration"] = (body, _) => AdministrationCells.RequestedDuration(body),
            ["signingCondition"] = (body, _) => AdministrationCells.Signing(body),
            ["addressParent"] = (body, _) => AdministrationCells.AddressParent(body),
            ["parameterKind"] = (body, _) => AdministrationCells.ParameterKind(body),
            ["parameterReference"] = (body, _) => AdministrationCells.ParameterReference(body),
            ["boundUsers"] = (body, _) => Subjects(body, "User"),
            ["boundGroups"] = (body, _) => Subjects(body, "Group"),
            ["boundServiceAccounts"] = (body, _) => Subjects(body, "ServiceAccount"),
        }.ToFrozenDictionary();

    public static JsonNode? Evaluate(string name, JsonObject body, DateTimeOffset now) => ByName[name](body, now);

    private static int Count(JsonNode? map) => (map as JsonObject)?.Count ?? 0;

    private static string Fraction(long part, long whole) =>
        string.Create(CultureInfo.InvariantCulture, $"{part}/{whole}");

    private static bool IsBound(JsonObject claim) => FieldPath.Text(claim, ".spec.volumeName").Length > 0;

    private static string ReadinessGates(JsonObject pod)
    {
        var gates = FieldPath.ReadAll(pod, ".spec.readinessGates.conditionType");
        var met = gates.Count(gate => FieldPath.Items(pod, ".status.conditions").Any(
            one => FieldPath.Text(one, "type") == gate && FieldPath.Text(one, "status") == "True"));
        return gates.IsEmpty ? None : Fraction(met, gates.Length);
    }

    private static string ControllerOf(JsonObject body)
    {
        var owner = FieldPath.Items(body, ".metadata.ownerReferences")
            .FirstOrDefault(one => one["controller"]?.GetValue<bool>() == true);
        if (owner is null)
        {
            return None;
        }

        var group = FieldPath.Text(owner, "apiVersion").Split('/') is [var name, _] ? $".{name}" : "";
        return $"{KindName.Lower(FieldPath.Text(owner, "kind"))}{group}/{FieldPath.Text(owner, "name")}";
    }

    private static string AutoscalerTargets(JsonObject body)
    {
        var shown = FieldPath.Items(body, ".spec.metrics").Select(metric => AutoscalerTarget(metric, body)).ToList();
        return shown.Count switch
        {
            0 => None,
            > 2 => string.Create(
                CultureInfo.InvariantCulture, $"{string.Join(", ", shown.Take(2))} + {shown.Count - 2} more..."),
            _ => string.Join(", ", shown),
        };
    }

    private static string AutoscalerTarget(JsonObject metric, JsonObject body)
    {
        var type = FieldPath.Text(metric, ".type");
        var at = "." + char.ToLowerInvariant(type[0]) + type[1..];
        var name = FieldPath.Text(metric, at + ".name", FieldPath.Text(metric, at + ".metric.name"));
        var current = FieldPath.Items(body, ".status.currentMetrics").FirstOrDefault(
            one => FieldPath.Text(one, at + ".name", FieldPath.Text(one, at + ".metric.name")) == name);
        var label = type is "Resource" or "ContainerResource" ? $"{name}: " : "";
        var percent = FieldPath.Text(metric, at + ".target.averageUtilization");
        if (percent.Length > 0)
        {
            return $"{label}{Known(FieldPath.Text(current, at + ".current.averageUtilization"), "%")}/{percent}%";
        }

        var isAverage = FieldPath.Text(metric, at + ".target.averageValue").Length > 0;
        var field = isAverage ? "averageValue" : "value";
        var unit = isAverage && type is "Object" or "External" ? " (avg)" : "";
        return $"{label}{Known(FieldPath.Text(current, $"{at}.current.{field}"), "")}"
            + $"/{FieldPath.Text(metric, $"{at}.target.{field}")}{unit}";
    }

    private static string Known(string value, string unit) => value.Length == 0 ? "<unknown>" : value + unit;

    private static string JobStatus(JsonObject job)
    {
        bool Is(string type) => FieldPath.Items(job, ".status.conditions").Any(
            one => FieldPath.Text(one, "type") == type && FieldPath.Text(one, "status") == "True");
        return Is("Complete") ? "Complete"
            : Is("Failed") ? "Failed"
            : job["metadata"]?["deletionTimestamp"] is not null ? "Terminating"
            : Is("Suspended") ? "Suspended"
            : Is("FailureTarget") ? "FailureTarget"
            : Is("SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
    }

    private static string JobCompletions(JsonObject job)
    {
        var succeeded = FieldPath.Number(job, ".status.succeeded");
        if (FieldPath.Text(job, ".spec.completions") is { Length: > 0 } wanted)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{succeeded}/{wanted}");
        }

        var parallelism = FieldPath.Number(job, ".spec.parallelism");
        return parallelism > 1
            ? string.Create(CultureInfo.InvariantCulture, $"{succeeded}/1 of {parallelism}")
            : string.Create(CultureInfo.InvariantCulture, $"{succeeded}/1");
    }

    private static JsonNode? JobDuration(JsonObject job, DateTimeOffset now)
    {
        var start = KubernetesTime.Parse(FieldPath.Text(job, ".status.startTime"));
        var end = KubernetesTime.Parse(FieldPath.Text(job, ".status.completionTime"));
        return start is { } from ? HumanDuration.Format((end ?? now) - from) : "";
    }

    private static string Subjects(JsonObject binding, string kind) =>
        string.Join(", ", FieldPath.Items(binding, ".subjects")
            .Where(one => FieldPath.Text(one, "kind") == kind)
            .Select(one => kind == "ServiceAccount"
                ? $"{FieldPath.Text(one, "namespace")}/{FieldPath.Text(one, "name")}"
                : FieldPath.Text(one, "name")));
}
