using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;
using Midwatch.LocalCluster.Tests.Controllers;

namespace Midwatch.LocalCluster.Tests.Scheduling;

/// <summary>Texts as recorded on a real control plane (transcript 11b-unschedulable, 10a, 10b, 13).</summary>
public sealed class PlacementTests : IDisposable
{
    private const string NotHelpful =
        "preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.";
    private readonly ControlPlane _cluster = new();

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("""{"containers": [{"resources": {"requests": {"cpu": "50"} } }]}""", "3 Insufficient cpu")]
    [InlineData("""{"containers": [{"resources": {"requests": {"memory": "500Gi"} } }]}""", "3 Insufficient memory")]
    [InlineData(
        """{"containers": [{"resources": {"requests": {"cpu": "50", "memory": "500Gi"} } }]}""",
        "3 Insufficient cpu, 3 Insufficient memory")]
    [InlineData(
        """{"containers": [{"resources": {"limits": {"example.test/gadget": "1"} } }]}""",
        "3 Insufficient example.test/gadget")]
    [InlineData(
        """{"nodeSelector": {"disk": "golden"}, "containers": [{}]}""",
        "3 node(s) didn't match Pod's node affinity/selector")]
    [InlineData(
        """{"nodeSelector": {"kubernetes.io/hostname": "node-1"}, "containers": [{"resources": {"requests": {"cpu": "50"} } }]}""",
        "1 Insufficient cpu, 2 node(s) didn't match Pod's node affinity/selector")]
    public void A_pod_that_fits_nowhere_says_why(string spec, string reasons)
    {
        AddThreeNodes();
        AddPod("p", spec);
        var expected = $"0/3 nodes are available: {reasons}. no new claims to deallocate, {NotHelpful}";
        Assert.Equal([expected], _cluster.Events("FailedScheduling"));
        var condition = Conditions.Find(_cluster.Get(Kinds.Pod("shop", "p")).At("status"), "PodScheduled");
        Assert.Equal(("False", "Unschedulable", expected), (
            condition.Text("status"), condition.Text("reason"), condition.Text("message")));
    }

    [Fact]
    public void A_cordoned_and_a_tainted_node_are_told_apart()
    {
        _cluster.AddNode("node-1",
            spec: """{"unschedulable": true, "taints": [{"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}]}""");
        _cluster.AddNode("node-2", spec: """{"taints": [{"key": "gpu", "value": "yes", "effect": "NoSchedule"}]}""");
        AddPod("p", """{"containers": [{}]}""");
        Assert.StartsWith(
            "0/2 nodes are available: 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable. no new",
            Assert.Single(_cluster.Events("FailedScheduling")),
            StringComparison.Ordinal);
        AddPod("q", """{"containers": [{}], "tolerations": [{"key": "gpu", "operator": "Exists"}]}""");
        Assert.Equal("node-2", _cluster.Get(Kinds.Pod("shop", "q")).Text("spec", "nodeName"));
    }

    [Fact]
    public void A_pod_that_only_others_keep_out_has_no_preemption_victims()
    {
        _cluster.AddNode();
        AddPod("a", """{"containers": [{"resources": {"requests": {"cpu": "6"} } }]}""");
        AddPod("b", """{"containers": [{"resources": {"requests": {"cpu": "6"} } }]}""");
        Assert.Equal(
            ["0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, "
            + "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod."],
            _cluster.Events("FailedScheduling"));
    }

    [Fact]
    public void A_waiting_pod_is_tried_again_when_room_is_made()
    {
        _cluster.AddNode();
        AddPod("a", """{"containers": [{"resources": {"requests": {"cpu": "6"} } }]}""");
        AddPod("b", """{"containers": [{"resources": {"requests": {"cpu": "6"} } }]}""");
        _ = _cluster.Store.Delete(Kinds.Pod("shop", "a"), new DeleteOptions());
        _cluster.Settle();
        Assert.Equal("node-1", _cluster.Get(Kinds.Pod("shop", "b")).Text("spec", "nodeName"));
        Assert.Contains("Successfully assigned shop/b to node-1", _cluster.Events("Scheduled"));
    }

    [Fact]
    public void An_absent_claim_is_named()
    {
        AddThreeNodes();
        AddPod("p",
            """{"containers": [{}], "volumes": [{"name": "v", "persistentVolumeClaim": {"claimName": "absent"} }]}""");
        Assert.Equal(
            ["0/3 nodes are available: persistentvolumeclaim \"absent\" not found. not found"],
            _cluster.Events("FailedScheduling"));
    }

    [Fact]
    public void Pods_spread_to_the_node_with_most_left()
    {
        _cluster.AddNode("node-1");
        _cluster.AddNode("node-2");
        AddPod("a", """{"containers": [{"resources": {"requests": {"cpu": "1"} } }]}""");
        AddPod("b", """{"containers": [{"resources": {"requests": {"cpu": "1"} } }]}""");
        Assert.Equal(
            ["node-1", "node-2"],
            _cluster.Store.List("", "pods", "shop").Select(pod => pod.Body.Text("spec", "nodeName")));
    }

    [Fact]
    public void Pods_that_avoid_each_other_do_not_share_a_node()
    {
        const string Loner = """
            {"containers": [{}], "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution":
              [{"labelSelector": {"matchLabels": {"app": "x"} }, "topologyKey": "kubernetes.io/hostname"}]} } }
            """;
        _cluster.AddNode();
        AddPod("a", Loner);
        AddPod("b", Loner);
        Assert.StartsWith(
            "0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules. no new claims to deallocate, "
            + "preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
            Assert.Single(_cluster.Events("FailedScheduling")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pods_spread_over_zones_as_evenly_as_they_ask()
    {
        const string Even = """
            {"containers": [{}], "topologySpreadConstraints": [{"maxSkew": 1, "topologyKey": "kubernetes.io/hostname",
              "whenUnsatisfiable": "DoNotSchedule", "labelSelector": {"matchLabels": {"app": "x"} } }]}
            """;
        _cluster.AddNode("node-1");
        _cluster.AddNode("node-2", cpu: "100m");
        AddPod("a", Even);
        AddPod("b", Even);
        Assert.Equal(
            ["node-1", "node-2"],
            _cluster.Store.List("", "pods", "shop").Select(pod => pod.Body.Text("spec", "nodeName")).Order());
        AddPod("c", """{"containers": [{"resources": {"requests": {"cpu": "1"} } }]}""");
        AddPod("d", Even.Replace("{}]", """{"resources": {"requests": {"cpu": "1"} } }]""", StringComparison.Ordinal));
        Assert.StartsWith(
            "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match pod topology spread constraints.",
            Assert.Single(_cluster.Events("FailedScheduling")), StringComparison.Ordinal);
    }

    private void AddThreeNodes()
    {
        _cluster.AddNode("node-1");
        _cluster.AddNode("node-2");
        _cluster.AddNode("node-3");
    }

    private void AddPod(string name, string spec)
    {
        _cluster.Create(Kinds.Pod("shop", name), $$"""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "{{name}}", "namespace": "shop", "labels": {"app": "x"} },
             "spec": {{spec}}, "status": {"phase": "Pending"} }
            """);
        _cluster.Settle();
    }
}
