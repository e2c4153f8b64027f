using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Faults.Standard;

/// <summary>Faults in what surrounds a workload: configuration, secrets, services, quotas, autoscalers.</summary>
internal static class ObjectFaults
{
    public static (ImmutableArray<FaultAction> Actions, string? Problem) Missing(FaultTarget target, bool isSecret)
    {
        var kind = isSecret ? "Secret" : "ConfigMap";
        return target.Needed(isSecret) is [var name, ..]
            ? ([new FaultAction.DeleteObject(kind, name), new FaultAction.DeletePods(target.Selector)], null)
            : ([], $"{target.Name} needs no {kind}");
    }

    public static async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> ConfigWrongAsync(
        FaultTarget target, CancellationToken cancellationToken)
    {
        var maps = await target.ListAsync("/api/v1", "configmaps", cancellationToken);
        foreach (var name in target.Needed(isSecret: false))
        {
            var data = maps.FirstOrDefault(map => map.Text("metadata", "name") == name).Map("data").ToList();
            if (data.Count > 0)
            {
                var merge = new JsonObject { ["data"] = new JsonObject { [data[0].Key] = Mistype(data[0].Value) } };
                return ([new FaultAction.Patch("ConfigMap", name, merge.ToJsonString()),
                    new FaultAction.DeletePods(target.Selector)], null);
            }
        }

        return ([], $"{target.Name} needs no ConfigMap with data");
    }

    public static (ImmutableArray<FaultAction> Actions, string? Problem) PullSecret(FaultTarget target)
    {
        if (target.PodSpec.Items("imagePullSecrets").FirstOrDefault().Text("name") is not { } name)
        {
            return ([], $"{target.Name} has no imagePullSecrets");
        }

        const string Expired = """{"auths":{"registry.invalid":{"username":"robot","password":"expired"}}}""";
        var merge = new JsonObject
        {
            ["data"] = new JsonObject
            {
                [".dockerconfigjson"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Expired)),
            },
        };
        var image = target.Container.Text("image") ?? "";
        return ([
            new FaultAction.Patch("Secret", name, merge.ToJsonString()),
            new FaultAction.Rule("forget", image, "", 0, "let the nodes forget the image"),
            new FaultAction.DeletePods(target.Selector),
        ], null);
    }

    public static async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> SelectorWrongAsync(
        FaultTarget target, CancellationToken cancellationToken)
    {
        var services = await target.ServicesAsync(cancellationToken);
        return services.IsEmpty
            ? ([], $"no service leads to {target.Name}")
            : ([.. services.Select(service =>
            {
                var (label, value) = service.Map("spec", "selector").First();
                return (FaultAction)new FaultAction.Patch("Service", service.Text("metadata", "name")!, new JsonObject
                {
                    ["spec"] = new JsonObject { ["selector"] = new JsonObject { [label] = value + "-v2" } },
                }.ToJsonString());
            })], null);
    }

    public static async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> QuotaAsync(
        FaultTarget target, CancellationToken cancellationToken)
    {
        var pods = await target.ListAsync("/api/v1", "pods", cancellationToken);
        var counted = pods.Count(pod => pod.Text("status", "phase") is not ("Succeeded" or "Failed"));
        var own = await target.PodsAsync(cancellationToken);
        if (own.IsEmpty)
        {
            return ([], $"{target.Name} has no pod");
        }

        var hard = (counted - 1).ToString(CultureInfo.InvariantCulture);
        return ([
            new FaultAction.Create("v1", "ResourceQuota", new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "ResourceQuota",
                ["metadata"] = new JsonObject { ["name"] = "object-counts" },
                ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["pods"] = hard } },
            }.ToJsonString()),
            new FaultAction.DeletePods(target.Selector),
        ], null);
    }

    public static async Task<(ImmutableArray<FaultAction> Actions, string? Problem)> HpaAtMaxAsync(
        FaultTarget target, CancellationToken cancellationToken)
    {
        var all = await target.ListAsync("/apis/autoscaling/v2", "horizontalpodautoscalers", cancellationToken);
        var scaler = all.FirstOrDefault(each => each.Text("spec", "scaleTargetRef", "name") == target.Name);
        if (scaler is null)
        {
            return ([], $"no autoscaler scales {target.Name}");
        }

        var present = Math.Max(1, target.Body.Count("spec", "replicas"));
        var merge = new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["maxReplicas"] = present,
                ["minReplicas"] = Math.Min(present, scaler.Number("spec", "minReplicas") ?? 1),
            },
        };
        var name = scaler.Text("metadata", "name")!;
        return ([new FaultAction.Patch("HorizontalPodAutoscaler", name, merge.ToJsonString()),
            new FaultAction.Rule("burn", target.Selector, target.ContainerName, 2, "burn CPU")], null);
    }

    /// <summary>The cron job's program fails, and one Job of it is started as the clock would.</summary>
    public static ImmutableArray<FaultAction> JobFailing(JsonObject cronJob, DateTimeOffset now)
    {
        var name = cronJob.Text("metadata", "name")!;
        var template = (JsonObject)cronJob.At("spec", "jobTemplate", "spec")!.DeepClone();
        var containers = (JsonArray)template.At("template", "spec", "containers")!;
        foreach (var container in containers.OfType<JsonObject>())
        {
            container["command"] = new JsonArray(
                "sh", "-c", "echo 'error: cannot open input: permission denied' >&2; exit 1");
            _ = container.Remove("args");
        }

        var patch = new JsonObject
        {
            ["spec"] = new JsonObject
            {
                ["jobTemplate"] = new JsonObject
                {
                    ["spec"] = new JsonObject
                    {
                        ["template"] = new JsonObject
                        {
                            ["spec"] = new JsonObject { ["containers"] = containers.DeepClone() },
                        },
                    },
                },
            },
        };
        var minutes = (now.ToUnixTimeSeconds() / 60).ToString(CultureInfo.InvariantCulture);
        return
        [
            new FaultAction.Patch("CronJob", name, patch.ToJsonString()),
            new FaultAction.Create("batch/v1", "Job", new JsonObject
            {
                ["apiVersion"] = "batch/v1",
                ["kind"] = "Job",
                ["metadata"] = new JsonObject
                {
                    ["name"] = $"{name}-{minutes}",
                    ["ownerReferences"] = new JsonArray(Ownership.Reference(cronJob)),
                },
                ["spec"] = template,
            }.ToJsonString()),
        ];
    }

    /// <summary>The same names as before, signed by itself, valid until yesterday.</summary>
    public static (ImmutableArray<FaultAction> Actions, string? Problem) CertificateExpired(
        JsonObject secret, DateTimeOffset now)
    {
        var pem = Encoding.UTF8.GetString(Convert.FromBase64String(secret.Text("data", "tls.crt") ?? ""));
        if (!pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal))
        {
            return ([], $"secret {secret.Text("metadata", "name")} has no certificate in tls.crt");
        }

        using var before = X509Certificate2.CreateFromPem(pem);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(before.SubjectName, key, HashAlgorithmName.SHA256);
        foreach (var names in before.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            request.CertificateExtensions.Add(names);
        }

        using var expired = request.CreateSelfSigned(now.AddDays(-91), now.AddDays(-1));
        var merge = new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["tls.crt"] = Base64(expired.ExportCertificatePem()),
                ["tls.key"] = Base64(key.ExportPkcs8PrivateKeyPem()),
            },
        };
        return ([new FaultAction.Patch("Secret", secret.Text("metadata", "name")!, merge.ToJsonString())], null);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // The two last characters the wrong way round, as happens to people.
    private static string Mistype(string value) =>
        value.Length > 1 && value[^1] != value[^2] ? value[..^2] + value[^1] + value[^2] : value + "1";
}
