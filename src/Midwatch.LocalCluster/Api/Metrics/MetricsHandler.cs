using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Midwatch.LocalCluster.Api.Answers;
using Midwatch.LocalCluster.Api.Requests;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Objects.Selection;

namespace Midwatch.LocalCluster.Api.Metrics;

/// <summary>Answers metrics.k8s.io/v1beta1, which kubectl top reads.</summary>
internal sealed class MetricsHandler(ApiServerOptions options)
{
    public const string Group = "metrics.k8s.io";
    private const string GroupVersion = "metrics.k8s.io/v1beta1";
    private const string Window = "15s";

    /// <summary>False when the request is not about metrics.</summary>
    public bool TryAnswer(HttpContext http, ResourceRequest target, [NotNullWhen(true)] out ApiAnswer? answer)
    {
        answer = null;
        if (target.Group != Group || !options.HasMetrics)
        {
            return false;
        }

        answer = (http.Request.Method, target) switch
        {
            (not "GET", _) => ApiAnswer.Refuse(ApiStatus.MethodNotAllowed()),
            (_, { Version: not "v1beta1" }) => ApiAnswer.Refuse(ApiStatus.NoSuchResource()),
            (_, { Resource: "nodes", Subresource: "" }) => Answer(http, target, "NodeMetrics", Nodes()),
            (_, { Resource: "pods", Subresource: "" }) => Answer(http, target, "PodMetrics", Pods(target.Namespace)),
            _ => ApiAnswer.Refuse(ApiStatus.NoSuchResource()),
        };
        return true;
    }

    private static ApiAnswer Answer(HttpContext http, ResourceRequest target, string kind, IEnumerable<JsonObject> all)
    {
        if (LabelSelectorParser.Parse(
            http.Request.Query["labelSelector"].ToString(), out var error) is not { } selector)
        {
            return ApiAnswer.Refuse(ApiStatus.BadRequest(error));
        }

        var found = all.Where(one => selector.Matches(one["metadata"]?["labels"] as JsonObject)).ToList();
        if (target.Name.Length > 0)
        {
            var named = found.Find(one => one["metadata"]!["name"]!.GetValue<string>() == target.Name);
            return named is null
                ? ApiAnswer.Refuse(new ApiStatus(
                    404,
                    "NotFound",
                    $"{target.Resource}.{Group} \"{target.Name}\" not found",
                    ApiStatus.About(Group, target.Resource, target.Name)))
                : ApiAnswer.Json(named);
        }

        return ApiAnswer.Json(new JsonObject
        {
            ["kind"] = $"{kind}List",
            ["apiVersion"] = GroupVersion,
            ["metadata"] = new JsonObject(),
            ["items"] = new JsonArray([.. found]),
        });
    }

    private IEnumerable<JsonObject> Nodes()
    {
        var usage = options.Node.Usage();
        return options.Store.List("", "nodes", null).Select(node =>
        {
            var body = Measured("NodeMetrics", node);
            body["usage"] = Amounts(usage.Where(sample => sample.Node == node.Key.Name));
            return body;
        });
    }

    private IEnumerable<JsonObject> Pods(string? ns)
    {
        var usage = options.Node.Usage();
        return options.Store.List("", "pods", ns).Select(pod =>
        {
            ImmutableArray<UsageSample> own =
                [.. usage.Where(sample => sample.Namespace == pod.Key.Namespace && sample.Pod == pod.Key.Name)];
            var body = Measured("PodMetrics", pod);
            body["containers"] = new JsonArray(
                [.. own
                    .Select(sample => new JsonObject { ["name"] = sample.Container, ["usage"] = Amounts([sample]) })]);
            return (Samples: own, Body: body);
        }).Where(one => !one.Samples.IsEmpty).Select(one => one.Body);
    }

    private JsonObject Measured(string kind, StoredObject about)
    {
        var now = KubernetesTime.Format(options.Time.GetUtcNow());
        var metadata = new JsonObject { ["name"] = about.Key.Name, ["creationTimestamp"] = now };
        if (about.Key.Namespace is not null)
        {
            metadata["namespace"] = about.Key.Namespace;
        }

        if (about.Body["metadata"]?["labels"] is { } labels)
        {
            metadata["labels"] = labels.DeepClone();
        }

        return new JsonObject
        {
            ["kind"] = kind,
            ["apiVersion"] = GroupVersion,
            ["metadata"] = metadata,
            ["timestamp"] = now,
            ["window"] = Window,
        };
    }

    private static JsonObject Amounts(IEnumerable<UsageSample> samples)
    {
        long nanocores = 0;
        long bytes = 0;
        foreach (var sample in samples)
        {
            nanocores += sample.CpuNanocores;
            bytes += sample.MemoryBytes;
        }

        return new JsonObject
        {
            ["cpu"] = string.Create(CultureInfo.InvariantCulture, $"{nanocores}n"),
            ["memory"] = string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024}Ki"),
        };
    }
}
