using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class DaemonSetTests : IDisposable
{
    private static readonly ObjectKey Lamp = Kinds.DaemonSet("shop", "lamp");
    private readonly ControlPlane _cluster = new();

    public DaemonSetTests()
    {
        _cluster.AddNode("node-1");
        _cluster.AddNode("node-2", spec: """{"unschedulable": true}""");
        _cluster.AddNode("node-3", spec: """{"taints": [{"key": "gpu", "effect": "NoSchedule"}]}""");
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Each_node_that_takes_it_gets_one_pod_also_a_cordoned_one_and_one_that_comes_later()
    {
        Create();
        Assert.Equal(["node-1", "node-2"], Nodes());
        _cluster.AddNode("node-4");
        _cluster.Settle();
        Assert.Equal(["node-1", "node-2", "node-4"], Nodes());
        var status = _cluster.Get(Lamp).At("status");
        Assert.Equal((3, 3, 3), (status.Count("desiredNumberScheduled"), status.Count("numberReady"),
            status.Count("updatedNumberScheduled")));
    }

    [Fact]
    public void A_selector_that_matches_no_longer_takes_the_pod_away()
    {
        Create();
        SetTemplate(spec => spec["nodeSelector"] = new System.Text.Json.Nodes.JsonObject
        {
            ["kubernetes.io/hostname"] = "node-2",
        });
        Assert.Equal(["node-2"], Nodes());
    }

    [Fact]
    public void An_update_replaces_one_pod_at_a_time_and_stops_at_one_that_does_not_become_ready()
    {
        _cluster.AddNode("node-4");
        Create();
        var least = 3;
        _cluster.Watcher = () => least = Math.Min(least, _cluster.Pods("lamp:1").Concat(_cluster.Pods("lamp:2"))
            .Count(pod => pod.IsReady && !pod.IsTerminating));
        SetImage("lamp:2");
        Assert.Equal((3, 2), (_cluster.Pods("lamp:2").Count(), least));
        _cluster.Watcher = () => { };
        _cluster.BecomesReady = image => image != "lamp:3";
        SetImage("lamp:3");
        Assert.Single(_cluster.Pods("lamp:3"));
        Assert.Equal(2, _cluster.Pods("lamp:2").Count());
        Assert.Equal("3", _cluster.Get(Lamp).Text("metadata", "annotations",
            "deprecated.daemonset.template.generation"));
        // Going back does not wait for the pod that never became ready.
        SetImage("lamp:2");
        Assert.Equal(3, _cluster.Pods("lamp:2").Count(pod => pod.IsReady));
    }

    [Fact]
    public void With_a_surge_the_new_pod_is_there_before_the_old_one_goes()
    {
        Create();
        _ = _cluster.Store.Mutate(Lamp, body =>
        {
            body.Need("spec", "updateStrategy", "rollingUpdate")["maxSurge"] = 1;
            body.Need("spec", "updateStrategy", "rollingUpdate")["maxUnavailable"] = 0;
        });
        _cluster.Settle();
        var least = 2;
        _cluster.Watcher = () => least = Math.Min(least, _cluster.Pods("lamp:1").Concat(_cluster.Pods("lamp:2"))
            .Count(pod => pod.IsReady && !pod.IsTerminating));
        SetImage("lamp:2");
        Assert.Equal((2, 0, 2), (_cluster.Pods("lamp:2").Count(), _cluster.Pods("lamp:1").Count(), least));
    }

    [Fact]
    public void A_failed_pod_is_replaced()
    {
        Create();
        var first = _cluster.Pods("lamp:1").First();
        _cluster.End(first.Source.Key, exitCode: 1);
        Assert.DoesNotContain(first.Name, _cluster.Pods("lamp:1").Select(pod => pod.Name));
        Assert.Equal(2, _cluster.Pods("lamp:1").Count(pod => pod.IsReady));
    }

    private void Create()
    {
        _cluster.Create(Lamp, """
            {"apiVersion": "apps/v1", "kind": "DaemonSet", "metadata": {"name": "lamp", "namespace": "shop"},
             "spec": {"selector": {"matchLabels": {"app": "lamp"} },
               "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 1, "maxSurge": 0} },
               "template": {"metadata": {"labels": {"app": "lamp"} }, "spec": {"containers": [{"name": "a", "image": "lamp:1"}]} } } }
            """);
        _cluster.Settle();
    }

    private void SetImage(string image) =>
        SetTemplate(spec => spec.Items("containers").First()["image"] = image);

    private void SetTemplate(Action<System.Text.Json.Nodes.JsonObject> change)
    {
        _ = _cluster.Store.Mutate(Lamp, body => change(body.Need("spec", "template", "spec")));
        _cluster.Settle();
    }

    private IEnumerable<string?> Nodes() =>
        _cluster.Store.List("", "pods", "shop").Select(pod => pod.Body.Text("spec", "nodeName")).Order();
}
