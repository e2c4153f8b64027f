using System.Text.Json;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Objects.Kinds.Conversions;

/// <summary>autoscaling/v1 knows one target, the use of CPU; what else v2 has travels in annotations.</summary>
internal sealed class AutoscalerConversion : KindConversion
{
    private const string Prefix = "autoscaling.alpha.kubernetes.io/";

    // Fields of v2 without a place in v1, and where they are of the status.
    private static readonly (string Part, string Field, string Annotation)[] Others =
    [
        ("spec", "behavior", "behavior"), ("status", "conditions", "conditions"),
        ("status", "currentMetrics", "current-metrics"), ("spec", "metrics", "metrics"),
    ];

    public override JsonObject FromStored(JsonObject body, string apiVersion)
    {
        body["apiVersion"] = apiVersion;
        if (body["spec"] is JsonObject spec && spec["metrics"] is JsonArray metrics)
        {
            var cpu = metrics.FirstOrDefault(one => IsCpu(one, "target"));
            if (cpu?["resource"]?["target"]?["averageUtilization"] is { } target)
            {
                spec["targetCPUUtilizationPercentage"] = target.DeepClone();
                _ = metrics.Remove(cpu);
            }
        }

        if (body["status"] is JsonObject status && status["currentMetrics"] is JsonArray current)
        {
            var cpu = current.FirstOrDefault(one => IsCpu(one, "current"));
            if (cpu?["resource"]?["current"]?["averageUtilization"] is { } used)
            {
                status["currentCPUUtilizationPercentage"] = used.DeepClone();
            }
        }

        foreach (var (part, field, annotation) in Others)
        {
            if (body[part] is JsonObject holder && holder[field] is { } value)
            {
                _ = holder.Remove(field);
                if (value is not JsonArray { Count: 0 })
                {
                    Annotations(body)[Prefix + annotation] = value.ToJsonString();
                }
            }
        }

        return body;
    }

    public override JsonObject ToStored(JsonObject body)
    {
        body["apiVersion"] = "autoscaling/v2";
        foreach (var (part, field, annotation) in Others)
        {
            if ((body["metadata"]?["annotations"] as JsonObject)?[Prefix + annotation] is { } written
                && body[part] is JsonObject holder && Parse(written.ToString()) is { } value)
            {
                holder[field] = value;
                _ = Annotations(body).Remove(Prefix + annotation);
            }
        }

        if (body["metadata"]?["annotations"] is JsonObject { Count: 0 })
        {
            _ = ObjectMetadata.Of(body).Remove("annotations");
        }

        if (body["spec"] is JsonObject spec && spec["targetCPUUtilizationPercentage"] is { } target)
        {
            _ = spec.Remove("targetCPUUtilizationPercentage");
            var metrics = spec["metrics"] as JsonArray ?? [];
            spec["metrics"] ??= metrics;
            metrics.Add((JsonNode)new JsonObject
            {
                ["type"] = "Resource",
                ["resource"] = new JsonObject
                {
                    ["name"] = "cpu",
                    ["target"] = new JsonObject
                    {
                        ["type"] = "Utilization",
                        ["averageUtilization"] = target.DeepClone(),
                    },
                },
            });
        }

        (body["status"] as JsonObject)?.Remove("currentCPUUtilizationPercentage");
        return body;
    }

    private static bool IsCpu(JsonNode? metric, string what) =>
        metric?["resource"]?["name"]?.ToString() == "cpu"
        && metric["resource"]?[what]?["averageUtilization"] is not null;

    private static JsonObject Annotations(JsonObject body)
    {
        var metadata = ObjectMetadata.Of(body);
        if (metadata["annotations"] is not JsonObject there)
        {
            there = [];
            metadata["annotations"] = there;
        }

        return there;
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
