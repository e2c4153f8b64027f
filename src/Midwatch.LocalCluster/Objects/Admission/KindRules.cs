using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Objects.Cron;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Faults of an object by itself, kind by kind.</summary>
internal static class KindRules
{
    public static IEnumerable<FieldError> Check(string kind, JsonObject body) => kind switch
    {
        "Pod" => MissingSpec(body) ?? PodRules.Check(body["spec"] as JsonObject ?? [], "spec"),
        "Deployment" => Workload(body, isAlwaysRestarting: true).Concat(DeploymentStrategy(body)),
        "ReplicaSet" or "StatefulSet" or "DaemonSet" => Workload(body, isAlwaysRestarting: true),
        "Job" => Job(body["spec"] as JsonObject ?? [], "spec"),
        "CronJob" => CronJob(body["spec"] as JsonObject ?? []),
        "Service" => ServiceRules.Check(body["spec"] as JsonObject ?? []),
        "ConfigMap" => Keys(body, "data").Concat(Keys(body, "binaryData")),
        "Secret" => Keys(body, "data").Concat(SecretType(body)),
        "RoleBinding" or "ClusterRoleBinding" => RoleRef(body),
        "PersistentVolumeClaim" => Claim(body["spec"] as JsonObject ?? []),
        "CustomResourceDefinition" => DefinitionRules.Check(body),
        "HorizontalPodAutoscaler" or "HorizontalPodAutoscalerV1" => Autoscaler(body["spec"] as JsonObject ?? []),
        "LimitRange" => LimitRangeRules.Check(body),
        "PriorityClass" => PriorityClassRules.Check(body),
        "EndpointSlice" when body["addressType"] is null => [FieldError.Required("addressType")],
        _ => [],
    };

    private static FieldError[]? MissingSpec(JsonObject body) =>
        body["spec"]?["containers"] is JsonArray { Count: > 0 } ? null : [FieldError.Required("spec.containers")];

    private static IEnumerable<FieldError> Workload(JsonObject body, bool isAlwaysRestarting)
    {
        var spec = body["spec"] as JsonObject ?? [];
        if (spec["replicas"] is JsonValue replicas && replicas.GetValue<long>() < 0)
        {
            yield return FieldError.Invalid("spec.replicas", replicas, "must be greater than or equal to 0");
        }

        foreach (var error in Selector(spec))
        {
            yield return error;
        }

        var template = spec["template"]?["spec"] as JsonObject ?? [];
        if (isAlwaysRestarting && template["restartPolicy"]?.GetValue<string>() is { } policy && policy != "Always")
        {
            yield return FieldError.NotSupported("spec.template.spec.restartPolicy", policy, "Always");
        }

        foreach (var error in Template(spec))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Selector(JsonObject spec)
    {
        var selector = Selection.LabelSelector.FromObject(spec["selector"]);
        var labels = spec["template"]?["metadata"]?["labels"] as JsonObject;
        if (selector is null)
        {
            yield return FieldError.Required("spec.selector");
        }
        else if (selector.Requirements.IsEmpty)
        {
            yield return FieldError.Invalid(
                "spec.selector", spec["selector"], "empty selector is invalid for deployment");
        }

        if (selector is null || !selector.Matches(labels))
        {
            yield return FieldError.Invalid(
                "spec.template.metadata.labels", labels, "`selector` does not match template `labels`");
        }
    }

    private static IEnumerable<FieldError> Template(JsonObject spec)
    {
        foreach (var error in MetadataRules.Labels(
            spec["template"]?["metadata"]?["labels"] as JsonObject, "spec.template.labels"))
        {
            yield return error;
        }

        foreach (var error in PodRules.Check(spec["template"]?["spec"] as JsonObject ?? [], "spec.template.spec"))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> DeploymentStrategy(JsonObject body)
    {
        var strategy = body["spec"]?["strategy"];
        var type = strategy?["type"]?.GetValue<string>();
        if (type == "Recreate" && strategy!["rollingUpdate"] is not null)
        {
            yield return FieldError.Forbidden(
                "spec.strategy.rollingUpdate", "may not be specified when strategy `type` is 'Recreate'");
        }
        else if (type is not null and not "Recreate" and not "RollingUpdate")
        {
            yield return FieldError.NotSupported("spec.strategy.type", type, "Recreate", "RollingUpdate");
        }
    }

    private static IEnumerable<FieldError> Job(JsonObject spec, string path)
    {
        var policy = spec["template"]?["spec"]?["restartPolicy"]?.GetValue<string>();
        if (policy is null or "Always")
        {
            yield return FieldError.Required(
                $"{path}.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
        }

        foreach (var error in PodRules.Check(spec["template"]?["spec"] as JsonObject ?? [], $"{path}.template.spec"))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> CronJob(JsonObject spec)
    {
        var schedule = spec["schedule"]?.GetValue<string>() ?? "";
        if (schedule.Length == 0)
        {
            yield return FieldError.Required("spec.schedule");
        }
        else if (CronSchedule.Parse(schedule).Error is { } wrong)
        {
            yield return FieldError.Invalid("spec.schedule", schedule, wrong);
        }

        if (spec["timeZone"]?.GetValue<string>() is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return FieldError.Invalid("spec.timeZone", zone, $"unknown time zone {zone}");
        }

        foreach (var error in Job(spec["jobTemplate"]?["spec"] as JsonObject ?? [], "spec.jobTemplate.spec"))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Keys(JsonObject body, string field) =>
        from key in (body[field] as JsonObject ?? []).Select(item => item.Key)
        let wrong = NameRules.DataKey(key)
        where wrong is not null
        select FieldError.Invalid($"{field}[{key}]", key, wrong);

    private static IEnumerable<FieldError> SecretType(JsonObject body)
    {
        string[] needed = body["type"]?.GetValue<string>() switch
        {
            "kubernetes.io/dockerconfigjson" => [".dockerconfigjson"],
            "kubernetes.io/dockercfg" => [".dockercfg"],
            "kubernetes.io/tls" => ["tls.crt", "tls.key"],
            "kubernetes.io/ssh-auth" => ["ssh-privatekey"],
            _ => [],
        };
        foreach (var key in needed.Where(key => body["data"]?[key] is null))
        {
            yield return FieldError.Required($"data[{key}]");
        }
    }

    private static IEnumerable<FieldError> RoleRef(JsonObject body)
    {
        if (body["roleRef"]?["name"]?.GetValue<string>() is null or "")
        {
            yield return FieldError.Required("roleRef.name");
        }
    }

    private static IEnumerable<FieldError> Claim(JsonObject spec)
    {
        if (spec["accessModes"] is not JsonArray { Count: > 0 })
        {
            yield return FieldError.Required("spec.accessModes", "at least 1 access mode is required");
        }

        if (spec["resources"]?["requests"]?["storage"] is null)
        {
            yield return FieldError.Required("spec.resources[storage]");
        }
    }

    private static IEnumerable<FieldError> Autoscaler(JsonObject spec)
    {
        var least = spec["minReplicas"]?.GetValue<long>() ?? 1;
        var most = spec["maxReplicas"]?.GetValue<long>() ?? 0;
        if (most < 1)
        {
            yield return FieldError.Invalid("spec.maxReplicas", most, "must be greater than 0");
        }

        if (most < least)
        {
            yield return FieldError.Invalid("spec.maxReplicas", most, "must be greater than or equal to `minReplicas`");
        }
    }
}
