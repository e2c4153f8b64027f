using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects.Schema;

namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>One metric of an autoscaler, as it is now.</summary>
internal abstract record MetricReading
{
    private MetricReading()
    {
    }

    /// <param name="Replicas">How many this metric asks for.</param>
    /// <param name="Name">As "cpu resource utilization (percentage of request)".</param>
    /// <param name="Status">Its entry in <c>status.currentMetrics</c>.</param>
    internal sealed record Value(int Replicas, string Name, JsonObject Status) : MetricReading;

    /// <param name="Reason">The condition's, as "FailedGetResourceMetric".</param>
    internal sealed record Unknown(string Reason, string Message) : MetricReading;

    /// <summary>Reads a metric off what the nodes measured. Pure.</summary>
    public static MetricReading Of(JsonObject metric, ScaleTarget target, ImmutableArray<UsageSample> usage) =>
        metric.Text("type") switch
        {
            "Resource" => OfResource(metric, "resource", null, target, usage),
            "ContainerResource" => OfResource(
                metric, "containerResource", metric.Text("containerResource", "container"), target, usage),
            "Pods" => Missing("FailedGetPodsMetric", metric.Text("pods", "metric", "name"), "custom"),
            "Object" => Missing("FailedGetObjectMetric", metric.Text("object", "metric", "name"), "custom"),
            _ => Missing("FailedGetExternalMetric", metric.Text("external", "metric", "name"), "external"),
        };

    private static Unknown Missing(string reason, string? name, string api) => new(
        reason, $"unable to get metric {name}: unable to fetch metrics from {api} metrics API: "
            + "the server could not find the requested resource");

    private static MetricReading OfResource(
        JsonObject metric, string field, string? container, ScaleTarget target, ImmutableArray<UsageSample> usage)
    {
        var resource = metric.Text(field, "name") ?? "";
        var reason = container is null ? "FailedGetResourceMetric" : "FailedGetContainerResourceMetric";
        var utilization = metric.Number(field, "target", "averageUtilization");
        var what = utilization is null ? $"failed to get {resource} usage" : $"failed to get {resource} utilization";
        if (usage.IsDefault)
        {
            return new Unknown(reason, $"{what}: unable to get metrics for resource {resource}: unable to fetch "
                + "metrics from resource metrics API: the server could not find the requested resource "
                + "(get pods.metrics.k8s.io)");
        }

        var pods = new PodUsage(resource, container, usage);
        var measured = target.Pods.Where(pod => !pod.IsTerminating && pod.Phase != "Failed")
            .Select(pod => (Pod: pod, Used: pods.Of(pod))).ToImmutableArray();
        if (measured.All(each => each.Used is null))
        {
            return new Unknown(reason, $"{what}: unable to get metrics for resource {resource}: "
                + "no metrics returned from resource metrics API");
        }

        if (utilization is { } percent)
        {
            return measured.Select(each => each.Pod).FirstOrDefault(pod => pods.Requested(pod) is null) is { } lacking
                ? new Unknown(reason, $"{what}: missing request for {resource} in container "
                    + $"{pods.Lacking(lacking)} of Pod {lacking.Name}")
                : Utilization(field, metric, resource, percent, target.Replicas, measured, pods);
        }

        return Quantity.ParseNano(metric.At(field, "target", "averageValue")?.ToString() ?? "") is { } wanted
            ? Average(field, metric, resource, wanted, target.Replicas, measured)
            : new Unknown("InvalidMetricSourceType", $"invalid resource metric source: neither an average utilization "
                + "target nor an average value target was set");
    }

    private static Value Utilization(
        string field, JsonObject metric, string resource, long percent, int replicas,
        ImmutableArray<(PodFacts Pod, BigInteger? Used)> measured, PodUsage pods)
    {
        var known = measured.Where(each => each.Used is not null).ToImmutableArray();
        var used = known.Aggregate(BigInteger.Zero, (sum, each) => sum + each.Used!.Value);
        var asked = known.Aggregate(BigInteger.Zero, (sum, each) => sum + pods.Requested(each.Pod)!.Value);
        var current = asked.IsZero ? 0 : (int)(used * 100 / asked);
        // Pods that were not measured are taken to use nothing when scaling up, and all they asked for when scaling
        // down.
        var all = measured.Aggregate(BigInteger.Zero, (sum, each) => sum + pods.Requested(each.Pod)!.Value);
        var assumed = current > percent ? used : used + all - asked;
        var ratio = all.IsZero ? 1 : (double)(assumed * 1000 / all) / 10 / percent;
        var wanted = Recommendation.Of(ratio, (double)current / percent, measured.Length, replicas);
        var status = Current(field, metric, used / known.Length, resource);
        status.Need(field, "current")["averageUtilization"] = current;
        return new(wanted, $"{resource} resource utilization (percentage of request)", status);
    }

    private static Value Average(
        string field, JsonObject metric, string resource, BigInteger wanted, int replicas,
        ImmutableArray<(PodFacts Pod, BigInteger? Used)> measured)
    {
        var known = measured.Where(each => each.Used is not null).ToImmutableArray();
        var average = known.Aggregate(BigInteger.Zero, (sum, each) => sum + each.Used!.Value) / known.Length;
        var ratio = wanted.IsZero ? 1 : (double)(average * 1000 / wanted) / 1000;
        return new(
            Recommendation.Of(ratio, ratio, known.Length, replicas), resource + " resource",
            Current(field, metric, average, resource));
    }

    private static JsonObject Current(string field, JsonObject metric, BigInteger average, string resource)
    {
        var amount = resource == "cpu"
            ? (average / 1_000_000).ToString(CultureInfo.InvariantCulture) + "m"
            : (average / 1_000_000_000).ToString(CultureInfo.InvariantCulture);
        var about = new JsonObject
        {
            ["name"] = resource,
            ["current"] = new JsonObject { ["averageValue"] = amount },
        };
        if (metric.Text(field, "container") is { } container)
        {
            about["container"] = container;
        }

        return new JsonObject { ["type"] = metric.Text("type"), [field] = about };
    }
}
