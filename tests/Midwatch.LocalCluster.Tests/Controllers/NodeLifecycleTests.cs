using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.NodeLifecycle;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class NodeLifecycleTests : IDisposable
{
    private static readonly ObjectKey Node = new("", "nodes", null, "node-1");
    private static readonly ObjectKey Lease = new("coordination.k8s.io", "leases", "kube-node-lease", "node-1");
    private readonly ControlPlane _cluster = new(nodeGrace: NodeLifecycleController.GraceDefault);

    public NodeLifecycleTests()
    {
        _cluster.AddNode();
        _cluster.AddNode("node-2", spec: """{"unschedulable": true}""");
        _ = _cluster.Store.Mutate(Node, body => Conditions.Set(body.Need("status"),
            Conditions.Make("Ready", "True", "KubeletReady", "kubelet is posting ready status", Now)));
        _cluster.Create(Lease, """{"metadata": {"name": "node-1"}, "spec": {} }""");
        Renew();
    }

    private DateTimeOffset Now => _cluster.Time.GetUtcNow();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_silent_node_is_unknown_tainted_and_its_pods_are_not_ready_until_it_speaks_again()
    {
        Pod("""[{"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute"}]""");
        _cluster.Advance(49);
        Assert.Equal("True", Ready(Node));
        _cluster.Advance(2);
        Assert.Equal("Unknown", Ready(Node));
        Assert.Equal(["NoSchedule", "NoExecute"], _cluster.Get(Node).Items("spec", "taints")
            .Where(taint => taint.Text("key") == NodeHealth.Unreachable).Select(taint => taint.Text("effect")));
        Assert.Equal(["Node node-1 status is now: NodeNotReady", "Node is not ready"],
            _cluster.Events("NodeNotReady").Take(2));
        Assert.Equal("False", Ready(Kinds.Pod("shop", "web")));
        Renew();
        _ = _cluster.Store.Mutate(Node, body => Conditions.Set(body.Need("status"),
            Conditions.Make("Ready", "True", "KubeletReady", "kubelet is posting ready status", Now)));
        _cluster.Settle();
        Assert.Empty(_cluster.Get(Node).Items("spec", "taints"));
    }

    [Fact]
    public void Pods_are_taken_away_when_their_patience_is_over()
    {
        Pod("""
            [{"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
              "tolerationSeconds": 30}]
            """);
        _cluster.HoldTerminating = true;
        _cluster.Advance(75);
        Assert.False(_cluster.Store.Get(Kinds.Pod("shop", "web"))!.IsBeingDeleted);
        _cluster.Advance(7);
        Assert.True(_cluster.Store.Get(Kinds.Pod("shop", "web"))!.IsBeingDeleted);
        Assert.Equal(["Marking for deletion Pod shop/web"], _cluster.Events("TaintManagerEviction"));
    }

    [Fact]
    public void A_taint_that_somebody_sets_evicts_those_that_do_not_tolerate_it()
    {
        Pod("[]");
        _ = _cluster.Store.Mutate(Node, body => body.Need("spec")["taints"] =
            System.Text.Json.Nodes.JsonNode.Parse("""[{"key": "maintenance", "effect": "NoExecute"}]"""));
        _cluster.Settle();
        Assert.Null(_cluster.Store.Get(Kinds.Pod("shop", "web")));
    }

    [Fact]
    public void A_cordon_is_a_taint_too()
    {
        _cluster.Settle();
        Assert.Equal("node.kubernetes.io/unschedulable", _cluster.Get(new ObjectKey("", "nodes", null, "node-2"))
            .Items("spec", "taints").Single().Text("key"));
    }

    private void Pod(string tolerations)
    {
        _cluster.Create(Kinds.Pod("shop", "web"), $$"""
            {"metadata": {"name": "web", "namespace": "shop"}, "spec": {"nodeName": "node-1", "tolerations": {{tolerations}},
              "containers": [{"name": "a", "image": "web:1"}]} }
            """);
        _cluster.Settle();
    }

    private void Renew() => _ = _cluster.Store.Mutate(Lease,
        body => body.Need("spec")["renewTime"] = KubernetesTime.FormatMicro(Now));

    private string? Ready(ObjectKey key) => Conditions.Find(_cluster.Get(key).At("status"), "Ready").Text("status");
}
