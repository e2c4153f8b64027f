using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Defaults that depend on other fields, kind by kind.</summary>
internal static class KindDefaults
{
    public static void Apply(JsonObject body, string kind)
    {
        var spec = body["spec"] as JsonObject;
        switch (kind)
        {
            case "CustomResourceDefinition":
                DefinitionRules.Complete(body);
                break;
            case "Deployment":
                body["status"] ??= new JsonObject();
                Strategy(spec?["strategy"] as JsonObject, "25%", "25%");
                break;
            case "DaemonSet":
                Strategy(spec?["updateStrategy"] as JsonObject, 0, 1);
                break;
            case "StatefulSet" when spec is not null && spec["updateStrategy"] is JsonObject update
                && IsRolling(update):
                update["rollingUpdate"] ??= new JsonObject();
                update["rollingUpdate"]!["partition"] ??= 0;
                break;
            case "Service" when spec is not null:
                Service(spec);
                body["status"] ??= new JsonObject { ["loadBalancer"] = new JsonObject() };
                break;
            case "Ingress":
                body["status"] ??= new JsonObject { ["loadBalancer"] = new JsonObject() };
                break;
            case "CronJob" when spec is not null && spec["jobTemplate"] is JsonObject job:
                job["metadata"] ??= new JsonObject();
                if (job["spec"]?["template"] is JsonObject template)
                {
                    template["metadata"] ??= new JsonObject();
                }

                body["status"] ??= new JsonObject();
                break;
            case "Pod" when spec is not null:
                spec["enableServiceLinks"] ??= true;
                break;
            case "Namespace":
                Namespace(body);
                break;
            case "PersistentVolumeClaim":
                body["status"] ??= new JsonObject { ["phase"] = "Pending" };
                break;
            case "Secret":
                Secret(body);
                break;
            case "RoleBinding" or "ClusterRoleBinding":
                Subjects(body);
                break;
            case "Job" when spec is not null:
                Job(spec);
                break;
            case "HorizontalPodAutoscaler" when spec is not null && spec["metrics"] is not JsonArray { Count: > 0 }:
                spec["metrics"] = UseOfProcessors();
                break;
            case "NetworkPolicy" when spec is not null:
                spec["podSelector"] ??= new JsonObject();
                spec["policyTypes"] ??= spec["egress"] is null ? new JsonArray("Ingress")
                    : new JsonArray("Ingress", "Egress");
                break;
        }

        foreach (var podSpec in PodSpecs(body, kind))
        {
            PodDefaults.ApplyToSpec(podSpec);
        }
    }

    /// <summary>The pod specs inside an object: of a pod, a workload's template, a cron job's job.</summary>
    public static IEnumerable<JsonObject> PodSpecs(JsonObject body, string kind)
    {
        var found = kind switch
        {
            "Pod" => body["spec"],
            "CronJob" => body["spec"]?["jobTemplate"]?["spec"]?["template"]?["spec"],
            "Deployment" or "ReplicaSet" or "StatefulSet" or "DaemonSet" or "Job" => body["spec"]?["template"]?["spec"],
            _ => null,
        };
        return found is JsonObject spec ? [spec] : [];
    }

    private static bool IsRolling(JsonObject strategy) => strategy["type"]?.GetValue<string>() == "RollingUpdate";

    private static void Strategy(JsonObject? strategy, JsonNode surge, JsonNode unavailable)
    {
        if (strategy is null || !IsRolling(strategy))
        {
            return;
        }

        strategy["rollingUpdate"] ??= new JsonObject();
        strategy["rollingUpdate"]!["maxSurge"] ??= surge;
        strategy["rollingUpdate"]!["maxUnavailable"] ??= unavailable;
    }

    private static void Service(JsonObject spec)
    {
        foreach (var port in (spec["ports"] as JsonArray ?? []).OfType<JsonObject>())
        {
            port["targetPort"] ??= port["port"]?.DeepClone();
        }

        var type = spec["type"]?.GetValue<string>();
        if (type == "ExternalName")
        {
            return;
        }

        spec["internalTrafficPolicy"] ??= "Cluster";
        spec["ipFamilies"] ??= new JsonArray("IPv4");
        spec["ipFamilyPolicy"] ??= "SingleStack";
        if (type is "NodePort" or "LoadBalancer")
        {
            spec["externalTrafficPolicy"] ??= "Cluster";
        }

        if (type == "LoadBalancer")
        {
            spec["allocateLoadBalancerNodePorts"] ??= true;
        }

        if (spec["clusterIP"]?.GetValue<string>() is { Length: > 0 } address)
        {
            spec["clusterIPs"] ??= new JsonArray(address);
        }
    }

    private static void Namespace(JsonObject body)
    {
        var metadata = ObjectMetadata.Of(body);
        metadata["labels"] ??= new JsonObject();
        metadata["labels"]!["kubernetes.io/metadata.name"] = metadata["name"]?.DeepClone();
        body["spec"] ??= new JsonObject();
        body["spec"]!["finalizers"] ??= new JsonArray("kubernetes");
        body["status"] ??= new JsonObject { ["phase"] = "Active" };
    }

    private static void Secret(JsonObject body)
    {
        if (body["stringData"] is not JsonObject plain)
        {
            return;
        }

        body["data"] ??= new JsonObject();
        foreach (var (name, value) in plain)
        {
            body["data"]![name] =
                Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(value?.GetValue<string>() ?? ""));
        }

        _ = body.Remove("stringData");
    }

    private static void Subjects(JsonObject body)
    {
        foreach (var subject in (body["subjects"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (subject["kind"]?.GetValue<string>() is "User" or "Group")
            {
                subject["apiGroup"] ??= "rbac.authorization.k8s.io";
            }
        }
    }

    // Without anything else said, 80 % of the CPU that was asked for.
    private static JsonArray UseOfProcessors() =>
    [
        new JsonObject
        {
            ["type"] = "Resource",
            ["resource"] = new JsonObject
            {
                ["name"] = "cpu",
                ["target"] = new JsonObject { ["type"] = "Utilization", ["averageUtilization"] = 80 },
            },
        },
    ];

    private static void Job(JsonObject spec)
    {
        if (spec["completions"] is null && spec["parallelism"] is null)
        {
            spec["completions"] = 1;
        }

        spec["parallelism"] ??= 1;
        spec["completionMode"] ??= "NonIndexed";
        spec["suspend"] ??= false;

        // With a limit for each index there is none for all of them.
        spec["backoffLimit"] ??= spec["backoffLimitPerIndex"] is null ? 6 : int.MaxValue;
        spec["podReplacementPolicy"] ??= spec["podFailurePolicy"] is null ? "TerminatingOrFailed" : "Failed";
    }
}
