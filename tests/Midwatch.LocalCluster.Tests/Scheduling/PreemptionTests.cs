using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Tests.Controllers;

namespace Midwatch.LocalCluster.Tests.Scheduling;

/// <summary>Pods that make room for more important ones.</summary>
public sealed class PreemptionTests : IDisposable
{
    private readonly ControlPlane _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void The_least_important_pod_leaves_and_the_room_is_kept_for_the_one_it_left_for()
    {
        _cluster.HoldTerminating = true;
        _cluster.AddNode("node-1", cpu: "3");
        AddPod("low", priority: 1, cpu: 2);
        AddPod("small", priority: 5, cpu: 1);
        AddPod("vip", priority: 100, cpu: 2);
        Assert.Equal("node-1", Pod("vip").Text("status", "nominatedNodeName"));
        Assert.Equal(["0/1 nodes are available: 1 Insufficient cpu."], _cluster.Events("FailedScheduling"));
        Assert.StartsWith("Preempted by pod ", Assert.Single(_cluster.Events("Preempted")), StringComparison.Ordinal);
        Assert.Equal(
            "PreemptionByScheduler", Conditions.Find(Pod("low").At("status"), "DisruptionTarget").Text("reason"));
        Assert.Null(Pod("small").At("metadata", "deletionTimestamp"));
        AddPod("middle", priority: 50, cpu: 2);
        _cluster.HoldTerminating = false;
        _cluster.Settle();
        Assert.Equal("node-1", Pod("vip").Text("spec", "nodeName"));
        Assert.Null(Pod("vip").Text("status", "nominatedNodeName"));
        Assert.Null(Pod("middle").Text("spec", "nodeName"));
    }

    [Fact]
    public void Who_may_not_preempt_waits_and_says_so()
    {
        _cluster.AddNode("node-1", cpu: "2");
        AddPod("low", priority: 1, cpu: 2);
        AddPod("humble", priority: 100, cpu: 2, policy: "Never");
        Assert.EndsWith(
            "preemption: not eligible due to preemptionPolicy=Never.",
            Assert.Single(_cluster.Events("FailedScheduling")),
            StringComparison.Ordinal);
        Assert.Empty(_cluster.Events("Preempted"));
    }

    [Fact]
    public void Nobody_leaves_where_that_would_not_help()
    {
        _cluster.AddNode("node-1", cpu: "2");
        AddPod("low", priority: 1, cpu: 1);
        AddPod("giant", priority: 100, cpu: 3);
        Assert.Null(Pod("low").At("metadata", "deletionTimestamp"));
        Assert.EndsWith("1 Preemption is not helpful for scheduling.",
            Assert.Single(_cluster.Events("FailedScheduling")), StringComparison.Ordinal);
    }

    private System.Text.Json.Nodes.JsonObject Pod(string name) => _cluster.Get(Kinds.Pod("shop", name));

    private void AddPod(string name, int priority, int cpu, string policy = "PreemptLowerPriority")
    {
        _cluster.Create(Kinds.Pod("shop", name), $$"""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "{{name}}", "namespace": "shop"},
             "spec": {"priority": {{priority}}, "preemptionPolicy": "{{policy}}",
               "containers": [{"resources": {"requests": {"cpu": "{{cpu}}"} } }]}, "status": {"phase": "Pending"} }
            """);
        _cluster.Settle();
    }
}
