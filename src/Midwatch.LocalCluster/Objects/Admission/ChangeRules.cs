using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Changes that Kubernetes does not allow to an object that is there.</summary>
internal static class ChangeRules
{
    private const string Immutable = "field is immutable";
    private const string PodForbidden =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
        + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
        + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

    private const string StatefulSetForbidden =
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', "
        + "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

    public static IEnumerable<FieldError> Check(string kind, JsonObject body, JsonObject previous) => kind switch
    {
        "Deployment" or "ReplicaSet" or "DaemonSet" => Fixed(body, previous, "selector"),
        "Job" => Fixed(body, previous, "completions", "selector", "template", "completionMode"),
        "StatefulSet" => StatefulSet(body, previous),
        "Pod" => Pod(body, previous),
        "Service" => Service(body, previous),
        "ConfigMap" or "Secret" => Data(kind, body, previous),
        "RoleBinding" or "ClusterRoleBinding" when !JsonNode.DeepEquals(body["roleRef"], previous["roleRef"]) =>
            [FieldError.Invalid("roleRef", RoleInGo(body["roleRef"]), "cannot change roleRef")],
        _ => [],
    };

    // The message has the names of the fields in Go.
    private static JsonObject RoleInGo(JsonNode? role) => new()
    {
        ["APIGroup"] = role?["apiGroup"]?.DeepClone(),
        ["Kind"] = role?["kind"]?.DeepClone(),
        ["Name"] = role?["name"]?.DeepClone(),
    };

    private static IEnumerable<FieldError> Fixed(JsonObject body, JsonObject previous, params string[] fields) =>
        from field in fields
        let now = body["spec"]?[field]
        where !JsonNode.DeepEquals(now, previous["spec"]?[field])
        select FieldError.Invalid($"spec.{field}", now, Immutable);

    private static IEnumerable<FieldError> StatefulSet(JsonObject body, JsonObject previous)
    {
        string[] changeable =
        [
            "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit",
            "persistentVolumeClaimRetentionPolicy", "minReadySeconds",
        ];
        return JsonNode.DeepEquals(Without(body["spec"], changeable), Without(previous["spec"], changeable))
            ? []
            : [FieldError.Forbidden("spec", StatefulSetForbidden)];
    }

    private static IEnumerable<FieldError> Pod(JsonObject body, JsonObject previous) =>
        JsonNode.DeepEquals(PodCore(body), PodCore(previous)) ? [] : [FieldError.Forbidden("spec", PodForbidden)];

    private static JsonObject PodCore(JsonObject body)
    {
        var spec =
            Without(body["spec"], "activeDeadlineSeconds", "tolerations", "ephemeralContainers", "schedulingGates");
        foreach (var container in PodDefaults.Containers(spec))
        {
            _ = container.Remove("image");
        }

        return spec;
    }

    private static IEnumerable<FieldError> Service(JsonObject body, JsonObject previous)
    {
        var before = previous["spec"]?["clusterIP"]?.GetValue<string>() ?? "";
        var now = body["spec"]?["clusterIP"]?.GetValue<string>() ?? "";
        if (before.Length > 0 && now != before && body["spec"]?["type"]?.GetValue<string>() != "ExternalName")
        {
            yield return FieldError.Invalid("spec.clusterIPs[0]", new JsonArray(now), "may not change once set");
        }
    }

    private static IEnumerable<FieldError> Data(string kind, JsonObject body, JsonObject previous)
    {
        if (kind == "Secret" && !JsonNode.DeepEquals(body["type"], previous["type"]))
        {
            yield return FieldError.Invalid("type", body["type"], Immutable);
        }

        if (previous["immutable"]?.GetValue<bool>() != true)
        {
            yield break;
        }

        const string Sealed = "field is immutable when `immutable` is set";
        if (body["immutable"]?.GetValue<bool>() != true)
        {
            yield return FieldError.Forbidden("immutable", Sealed);
        }

        foreach (var field in (string[])["data", "binaryData"])
        {
            if (!JsonNode.DeepEquals(body[field], previous[field]))
            {
                yield return FieldError.Forbidden(field, Sealed);
            }
        }
    }

    private static JsonObject Without(JsonNode? spec, params string[] fields)
    {
        var copy = spec?.DeepClone() as JsonObject ?? [];
        foreach (var field in fields)
        {
            _ = copy.Remove(field);
        }

        return copy;
    }
}
