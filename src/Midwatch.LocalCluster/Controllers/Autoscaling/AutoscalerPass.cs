using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Controllers.Autoscaling;

/// <summary>One pass over one HorizontalPodAutoscaler.</summary>
internal sealed class AutoscalerPass(
    ClusterWriter cluster, StoredObject autoscaler, ScalingMemory memory, DateTimeOffset now)
{
    private readonly JsonObject _status = autoscaler.Body.At("status")?.DeepClone() as JsonObject ?? [];

    public void Run(ImmutableArray<UsageSample> usage)
    {
        _status["desiredReplicas"] ??= 0;
        var (target, missing) = ScaleTarget.Find(cluster.Store, autoscaler.Body);
        if (target is null)
        {
            Set("AbleToScale", "False", "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: " + missing);
            Record("Warning", "FailedGetScale", missing!);
            _status["currentMetrics"] = null;
            _status["desiredReplicas"] ??= 0;
        }
        else
        {
            Set("AbleToScale", "True", "SucceededGetScale",
                "the HPA controller was able to get the target's current scale");
            _status["currentReplicas"] = target.Replicas;
            Decide(target, usage);
        }

        cluster.WriteStatus(autoscaler.Key, _status);
    }

    private void Decide(ScaleTarget target, ImmutableArray<UsageSample> usage)
    {
        var least = (int)(autoscaler.Body.Number("spec", "minReplicas") ?? 1);
        var most = autoscaler.Body.Count("spec", "maxReplicas");
        if (target.Replicas == 0 && least != 0)
        {
            _status["desiredReplicas"] = 0;
            Set("ScalingActive", "False", "ScalingDisabled",
                "scaling is disabled since the replica count of the target is zero");
        }
        else if (target.Replicas > most)
        {
            Resize(target, most, "Current number of replicas above Spec.MaxReplicas");
        }
        else if (target.Replicas < least)
        {
            Resize(target, least, "Current number of replicas below Spec.MinReplicas");
        }
        else
        {
            ByMetrics(target, usage);
        }
    }

    private void ByMetrics(ScaleTarget target, ImmutableArray<UsageSample> usage)
    {
        ImmutableArray<JsonObject> metrics = [.. autoscaler.Body.Items("spec", "metrics")];
        var readings = metrics.Select(metric => MetricReading.Of(metric, target, usage)).ToImmutableArray();
        _status["currentMetrics"] = new JsonArray([.. readings.Select(reading =>
            reading is MetricReading.Value value ? value.Status.DeepClone() : new JsonObject { ["type"] = "" })]);
        var known = readings.OfType<MetricReading.Value>().ToImmutableArray();
        var unknown = readings.OfType<MetricReading.Unknown>().ToImmutableArray();
        foreach (var reading in unknown)
        {
            Record("Warning", reading.Reason, reading.Message);
        }

        var best = known.MaxBy(reading => reading.Replicas);
        // With a metric unknown it is not known whether less would do.
        if (best is null || (!unknown.IsEmpty && best.Replicas < target.Replicas))
        {
            NotComputed(unknown, metrics.Length);
            return;
        }

        Set("ScalingActive", "True", "ValidMetricFound",
            "the HPA was able to successfully calculate a replica count from " + best.Name);
        var desired = DesiredSize.Of(autoscaler.Body, target.Replicas, best.Replicas, memory, now);
        Set("AbleToScale", "True", desired.AbleReason, desired.AbleMessage);
        Set("ScalingLimited", desired.IsLimited ? "True" : "False", desired.LimitedReason, desired.LimitedMessage);
        Resize(target, desired.Replicas, desired.Replicas > target.Replicas
            ? best.Name + " above target"
            : "All metrics below target");
    }

    private void NotComputed(ImmutableArray<MetricReading.Unknown> unknown, int count)
    {
        var first = unknown[0];
        Set("ScalingActive", "False", first.Reason,
            "the HPA was unable to compute the replica count: " + first.Message);
        Record("Warning", "FailedComputeMetricsReplicas", string.Create(
            CultureInfo.InvariantCulture,
            $"invalid metrics ({unknown.Length} invalid out of {count}), first error is: {Of(first)}"));

        static string Of(MetricReading.Unknown reading) =>
            reading.Message.StartsWith("failed to get ", StringComparison.Ordinal)
                ? $"failed to get {reading.Message.Split(' ')[3]} resource metric value: {reading.Message}"
                : reading.Message;
    }

    private void Resize(ScaleTarget target, int replicas, string why)
    {
        _status["desiredReplicas"] = replicas;
        if (replicas == target.Replicas)
        {
            return;
        }

        if (cluster.Mutate(target.Key, body => body.Need("spec")["replicas"] = replicas) is not StoreResult.Done)
        {
            return;
        }

        memory.Change(now, replicas - target.Replicas);
        _status["lastScaleTime"] = KubernetesTime.Format(now);
        var size = replicas.ToString(CultureInfo.InvariantCulture);
        Set("AbleToScale", "True", "SucceededRescale",
            "the HPA controller was able to update the target scale to " + size);
        Record("Normal", "SuccessfulRescale", $"New size: {size}; reason: {why}");
    }

    private void Set(string type, string status, string reason, string message)
    {
        var present = Conditions.Find(_status, type);
        var condition = Conditions.Make(type, status, reason, message, now);
        _ = condition.Remove("lastUpdateTime");
        if (present.Text("status") == status)
        {
            condition["lastTransitionTime"] = present.Text("lastTransitionTime");
        }

        if (_status["conditions"] is not JsonArray list)
        {
            list = [];
            _status["conditions"] = list;
        }

        if (present is null)
        {
            list.Add((JsonNode)condition);
        }
        else
        {
            list[list.IndexOf(present)] = condition;
        }
    }

    private void Record(string type, string reason, string message) =>
        cluster.Record(autoscaler, type, reason, message, AutoscalerController.Component);
}
