using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Admission;

/// <summary>Defaults of a pod spec that depend on other fields.</summary>
internal static class PodDefaults
{
    /// <summary>For pods and pod templates alike.</summary>
    public static void ApplyToSpec(JsonObject spec)
    {
        foreach (var container in Containers(spec))
        {
            container["imagePullPolicy"] ??= PullPolicy(container["image"]?.GetValue<string>() ?? "");
            ApplyRequests(container);
        }

        // The two names mean the same; the old one is kept in step.
        if (spec["serviceAccountName"] is { } account)
        {
            spec["serviceAccount"] = account.DeepClone();
        }
        else if (spec["serviceAccount"] is { } old)
        {
            spec["serviceAccountName"] = old.DeepClone();
        }

        foreach (var term in (spec["topologySpreadConstraints"] as JsonArray ?? []).OfType<JsonObject>())
        {
            term["nodeAffinityPolicy"] ??= "Honor";
            term["nodeTaintsPolicy"] ??= "Ignore";
        }
    }

    /// <summary>What admission adds to a pod itself, but not to a template.</summary>
    public static void ApplyToPod(JsonObject spec)
    {
        spec["serviceAccountName"] ??= "default";
        spec["serviceAccount"] = spec["serviceAccountName"]!.DeepClone();
        spec["priority"] ??= 0;
        spec["preemptionPolicy"] ??= "PreemptLowerPriority";
        Tolerate(spec, "node.kubernetes.io/not-ready");
        Tolerate(spec, "node.kubernetes.io/unreachable");
        MountToken(spec);
    }

    public static IEnumerable<JsonObject> Containers(JsonObject spec) =>
        (spec["initContainers"] as JsonArray ?? []).Concat(spec["containers"] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>
    /// Guaranteed when every container's requests equal its limits, Burstable when any asks, else BestEffort.
    /// </summary>
    public static string QosClass(JsonObject spec)
    {
        var guaranteed = true;
        var asks = false;
        foreach (var container in Containers(spec))
        {
            var limits = container["resources"]?["limits"] as JsonObject;
            var requests = container["resources"]?["requests"] as JsonObject;
            asks |= AsksForCompute(limits) || AsksForCompute(requests);
            guaranteed &= ((ReadOnlySpan<string>)["cpu", "memory"]).ToArray().All(
                name => limits?[name] is { } limit && JsonNode.DeepEquals(limit, requests?[name] ?? limit));
        }

        return asks && guaranteed ? "Guaranteed" : asks ? "Burstable" : "BestEffort";
    }

    // Of gadgets and the like a pod's class says nothing.
    private static bool AsksForCompute(JsonObject? amounts) =>
        amounts is not null && (amounts.ContainsKey("cpu") || amounts.ContainsKey("memory"));

    // An image without a tag is ":latest", which may mean another image tomorrow.
    private static string PullPolicy(string image)
    {
        var name = image[(image.LastIndexOf('/') + 1)..];
        if (name.Contains('@', StringComparison.Ordinal))
        {
            return "IfNotPresent";
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 || name[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }

    private static void ApplyRequests(JsonObject container)
    {
        if (container["resources"]?["limits"] is not JsonObject limits)
        {
            return;
        }

        var resources = (JsonObject)container["resources"]!;
        var requests = resources["requests"] as JsonObject;
        if (requests is null)
        {
            requests = [];
            resources["requests"] = requests;
        }

        foreach (var (name, amount) in limits)
        {
            requests[name] ??= amount?.DeepClone();
        }
    }

    private static void Tolerate(JsonObject spec, string taint)
    {
        if (spec["tolerations"] is not JsonArray tolerations)
        {
            tolerations = [];
            spec["tolerations"] = tolerations;
        }

        if (!tolerations.Any(one => one?["key"] is null || one["key"]!.GetValue<string>() == taint))
        {
            tolerations.Add((JsonNode)new JsonObject
            {
                ["key"] = taint,
                ["operator"] = "Exists",
                ["effect"] = "NoExecute",
                ["tolerationSeconds"] = 300,
            });
        }
    }

    private static void MountToken(JsonObject spec)
    {
        const string MountPath = "/var/run/secrets/kubernetes.io/serviceaccount";
        if (spec["automountServiceAccountToken"]?.GetValue<bool>() == false)
        {
            return;
        }

        var wanting = Containers(spec)
            .Where(container => (container["volumeMounts"] as JsonArray ?? []).All(
                mount => mount?["mountPath"]?.GetValue<string>() != MountPath))
            .ToList();
        if (wanting.Count == 0)
        {
            return;
        }

        var volume = TokenVolume(GeneratedName.From("kube-api-access-"));
        var name = volume["name"]!.GetValue<string>();
        Append(spec, "volumes", volume);
        foreach (var container in wanting)
        {
            Append(container, "volumeMounts",
                new JsonObject { ["name"] = name, ["readOnly"] = true, ["mountPath"] = MountPath });
        }
    }

    private static void Append(JsonObject owner, string field, JsonObject item)
    {
        if (owner[field] is not JsonArray list)
        {
            list = [];
            owner[field] = list;
        }

        list.Add((JsonNode)item);
    }

    private static JsonObject TokenVolume(string name) => new()
    {
        ["name"] = name,
        ["projected"] = new JsonObject
        {
            ["sources"] = new JsonArray(
                new JsonObject { ["serviceAccountToken"] =
                    new JsonObject { ["expirationSeconds"] = 3607, ["path"] = "token" } },
                new JsonObject
                {
                    ["configMap"] = new JsonObject
                    {
                        ["name"] = "kube-root-ca.crt",
                        ["items"] = new JsonArray(new JsonObject { ["key"] = "ca.crt", ["path"] = "ca.crt" }),
                    },
                },
                new JsonObject
                {
                    ["downwardAPI"] = new JsonObject
                    {
                        ["items"] = new JsonArray(new JsonObject
                        {
                            ["path"] = "namespace",
                            ["fieldRef"] =
                                new JsonObject { ["apiVersion"] = "v1", ["fieldPath"] = "metadata.namespace" },
                        }),
                    },
                }),
            ["defaultMode"] = 420,
        },
    };
}
