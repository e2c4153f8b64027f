using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class StatefulSetTests : IDisposable
{
    private static readonly ObjectKey Shelf = Kinds.StatefulSet("shop", "shelf");
    private readonly ControlPlane _cluster = new();

    public StatefulSetTests()
    {
        _cluster.AddNode();
        _cluster.Create(new ObjectKey("storage.k8s.io", "storageclasses", null, "standard"), """
            {"metadata": {"name": "standard", "annotations": {"storageclass.kubernetes.io/is-default-class": "true"} } }
            """);
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Pods_come_one_after_the_other_each_with_its_claim()
    {
        _cluster.BecomesReady = _ => false;
        Create("OrderedReady", replicas: 3);
        Assert.Equal(["shelf-0"], PodNames());
        _cluster.BecomesReady = _ => true;
        _cluster.SetReady(Kinds.Pod("shop", "shelf-0"), ready: true);
        _cluster.Settle();
        Assert.Equal(["shelf-0", "shelf-1", "shelf-2"], PodNames());
        var claim = _cluster.Get(new ObjectKey("", "persistentvolumeclaims", "shop", "data-shelf-2"));
        Assert.Equal("Bound", claim.Text("status", "phase"));
        Assert.Contains("Create Pod shelf-1 in StatefulSet shelf successful", _cluster.Events("SuccessfulCreate"));
        Assert.Contains("Create Claim data-shelf-0 Pod shelf-0 in StatefulSet shelf success",
            _cluster.Events("SuccessfulCreate"));
    }

    [Fact]
    public void An_update_goes_from_the_highest_ordinal_down_and_ends_at_the_partition()
    {
        Create("OrderedReady", replicas: 3);
        _ = _cluster.Store.Mutate(Shelf, body => body.Need("spec", "updateStrategy", "rollingUpdate")["partition"] = 2);
        SetImage("redis:2");
        Assert.Equal(["shelf-2"], _cluster.Pods("redis:2").Select(pod => pod.Name));
        var status = _cluster.Get(Shelf).At("status");
        Assert.Equal((2, 1), (status.Count("currentReplicas"), status.Count("updatedReplicas")));
        _ = _cluster.Store.Mutate(Shelf, body => body.Need("spec", "updateStrategy", "rollingUpdate")["partition"] = 0);
        _cluster.Settle();
        Assert.Equal(3, _cluster.Pods("redis:2").Count());
        status = _cluster.Get(Shelf).At("status");
        Assert.Equal(status.Text("currentRevision"), status.Text("updateRevision"));
    }

    [Fact]
    public void Scaling_down_takes_the_highest_ordinal_first_and_keeps_its_claim()
    {
        Create("OrderedReady", replicas: 3);
        _ = _cluster.Store.Mutate(Shelf, body => body.Need("spec")["replicas"] = 1);
        _cluster.Settle();
        Assert.Equal(["shelf-0"], PodNames());
        Assert.Equal(3, _cluster.Store.List("", "persistentvolumeclaims", "shop").Length);
        Assert.Equal(
            ["Delete Pod shelf-2 in StatefulSet shelf successful",
                "Delete Pod shelf-1 in StatefulSet shelf successful"],
            _cluster.Events("SuccessfulDelete"));
    }

    [Fact]
    public void An_ordered_update_waits_for_a_pod_that_is_not_ready_as_in_Kubernetes()
    {
        Create("OrderedReady", replicas: 1);
        _cluster.SetReady(Kinds.Pod("shop", "shelf-0"), ready: false);
        SetImage("redis:2");
        Assert.Equal(["shelf-0"], _cluster.Pods("redis:1").Select(pod => pod.Name));
    }

    [Fact]
    public void A_parallel_update_replaces_a_pod_that_is_not_ready()
    {
        Create("Parallel", replicas: 1);
        _cluster.SetReady(Kinds.Pod("shop", "shelf-0"), ready: false);
        SetImage("redis:2");
        var pod = Assert.Single(_cluster.Pods("redis:2"));
        Assert.True(pod.IsReady);
    }

    [Fact]
    public void Going_back_renumbers_the_old_revision()
    {
        Create("OrderedReady", replicas: 1);
        SetImage("redis:2");
        SetImage("redis:1");
        var revisions = _cluster.Store.List("apps", "controllerrevisions", "shop");
        Assert.Equal([2, 3], revisions.Select(revision => revision.Body.Number("revision")).Order());
        Assert.All(revisions,
            revision => Assert.Equal("replace", revision.Body.Text("data", "spec", "template", "$patch")));
    }

    private void Create(string policy, int replicas)
    {
        _cluster.Create(Shelf, $$"""
            {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "shelf", "namespace": "shop"},
             "spec": {"serviceName": "shelf", "replicas": {{replicas}}, "podManagementPolicy": "{{policy}}",
               "selector": {"matchLabels": {"app": "shelf"} }, "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0} },
               "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"],
                 "resources": {"requests": {"storage": "1Gi"} } } }],
               "template": {"metadata": {"labels": {"app": "shelf"} }, "spec": {"containers": [{"name": "a", "image": "redis:1"}]} } } }
            """);
        _cluster.Settle();
    }

    private void SetImage(string image)
    {
        _ = _cluster.Store.Mutate(Shelf,
            body => body.Items("spec", "template", "spec", "containers").First()["image"] = image);
        _cluster.Settle();
    }

    private IEnumerable<string> PodNames() =>
        _cluster.Store.List("", "pods", "shop").Select(pod => pod.Key.Name).Order();
}
