using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class AutoscalerTests : IDisposable
{
    private static readonly ObjectKey Scaler = new("autoscaling", "horizontalpodautoscalers", "shop", "web");
    private static readonly ObjectKey Web = Kinds.Deployment("shop", "web");
    private readonly ControlPlane _cluster = new();

    public AutoscalerTests() => _cluster.AddNode();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Use_above_the_target_makes_more_pods_up_to_the_maximum_which_it_then_says()
    {
        Create(max: 5);
        Use(millicores: 150);
        Assert.Equal(5, Replicas());
        Assert.Equal(["New size: 5; reason: cpu resource utilization (percentage of request) above target"],
            _cluster.Events("SuccessfulRescale"));
        Use(millicores: 150);
        Assert.Equal(("True", "TooManyReplicas"), Condition("ScalingLimited"));
        Assert.Equal(("True", "ValidMetricFound"), Condition("ScalingActive"));
        var current = _cluster.Get(Scaler).Items("status", "currentMetrics").Single().At("resource", "current");
        Assert.Equal((150, "150m"), (current.Count("averageUtilization"), current.Text("averageValue")));
    }

    [Fact]
    public void It_grows_no_faster_than_four_pods_or_double_within_fifteen_seconds()
    {
        Create(max: 50);
        Use(millicores: 1000);
        Assert.Equal(6, Replicas());
        Assert.Equal("ScaleUpLimit", Condition("ScalingLimited").Reason);
        Use(millicores: 1000);
        Assert.Equal(12, Replicas());
    }

    [Fact]
    public void It_shrinks_only_when_five_minutes_asked_for_less()
    {
        Create(max: 5);
        Use(millicores: 150);
        Use(millicores: 1);
        Assert.Equal(5, Replicas());
        Assert.Equal("ScaleDownStabilized", Condition("AbleToScale").Reason);
        for (var look = 0; look < 18; look++)
        {
            Use(millicores: 1);
        }

        Assert.Equal(5, Replicas());
        Use(millicores: 1);
        Use(millicores: 1);
        Assert.Equal(2, Replicas());
        Assert.Contains("New size: 2; reason: All metrics below target", _cluster.Events("SuccessfulRescale"));
    }

    [Fact]
    public void Within_a_tenth_of_the_target_nothing_happens_and_bounds_hold_without_metrics()
    {
        Create(max: 5);
        Use(millicores: 54);
        Assert.Equal(2, Replicas());
        _ = _cluster.Store.Mutate(Web, body => body.Need("spec")["replicas"] = 9);
        _cluster.Settle();
        _cluster.Advance(15);
        Assert.Equal(5, Replicas());
        Assert.Contains("New size: 5; reason: Current number of replicas above Spec.MaxReplicas",
            _cluster.Events("SuccessfulRescale"));
    }

    [Fact]
    public void What_it_cannot_know_it_says_and_leaves_the_size_alone()
    {
        Create(max: 5);
        _cluster.Advance(15);
        Assert.Equal(("False", "FailedGetResourceMetric"), Condition("ScalingActive"));
        Assert.Equal(2, Replicas());
        Assert.Equal(
            "invalid metrics (1 invalid out of 1), first error is: failed to get cpu resource metric value: failed to "
            + "get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API",
            _cluster.Events("FailedComputeMetricsReplicas").First());
        _ = _cluster.Store.Delete(Web, new DeleteOptions());
        _cluster.Advance(15);
        Assert.Equal(("False", "FailedGetScale"), Condition("AbleToScale"));
        Assert.Equal("deployments.apps \"web\" not found", _cluster.Events("FailedGetScale").First());
    }

    private void Create(int max)
    {
        _cluster.Create(Web, """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "web"} },
               "template": {"metadata": {"labels": {"app": "web"} }, "spec": {"containers": [{"name": "a", "image": "web:1",
                 "resources": {"requests": {"cpu": "100m"} } }]} } } }
            """);
        _cluster.Create(Scaler, $$"""
            {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
             "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"minReplicas": 2, "maxReplicas": {{max}},
               "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
               "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 50} } }]} }
            """);
        _cluster.Settle();
    }

    // All pods use the same; one period of the autoscaler passes.
    private void Use(long millicores)
    {
        _cluster.Usage = [.. _cluster.Pods("web:1").Select(pod =>
            new UsageSample("shop", pod.Name, "a", "node-1", millicores * 1_000_000, 1 << 20))];
        _cluster.Advance(15);
    }

    private int Replicas() => _cluster.Get(Web).Count("spec", "replicas");

    private (string? Status, string? Reason) Condition(string type)
    {
        var condition = Conditions.Find(_cluster.Get(Scaler).At("status"), type);
        return (condition.Text("status"), condition.Text("reason"));
    }
}
