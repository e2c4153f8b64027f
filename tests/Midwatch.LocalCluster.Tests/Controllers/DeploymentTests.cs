using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class DeploymentTests : IDisposable
{
    private static readonly ObjectKey Web = Kinds.Deployment("shop", "web");
    private readonly ControlPlane _cluster = new();

    public DeploymentTests() => _cluster.AddNode();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_deployment_comes_up_with_the_counters_and_conditions_that_Kubernetes_writes()
    {
        Deploy(replicas: 3);
        var status = _cluster.Get(Web).At("status");
        Assert.Equal(3, status.Count("availableReplicas"));
        Assert.Equal(3, status.Count("updatedReplicas"));
        Assert.Null(status.At("unavailableReplicas"));
        Assert.Equal(1, status.Count("observedGeneration"));
        var progressing = Conditions.Find(status, "Progressing");
        Assert.Equal("NewReplicaSetAvailable", progressing.Text("reason"));
        Assert.Equal($"ReplicaSet \"{Newest()}\" has successfully progressed.", progressing.Text("message"));
        Assert.Equal("MinimumReplicasAvailable", Conditions.Find(status, "Available").Text("reason"));
        Assert.Equal([$"Scaled up replica set {Newest()} from 0 to 3"], _cluster.Events("ScalingReplicaSet"));
        Assert.Equal("1", _cluster.Get(Web).Text("metadata", "annotations", "deployment.kubernetes.io/revision"));
    }

    [Fact]
    public void A_rolling_update_keeps_the_old_pods_while_the_new_ones_are_not_ready()
    {
        Deploy(replicas: 3);
        _cluster.BecomesReady = image => image != "web:2";
        SetImage("web:2");
        // 25 % of 3: one more than wanted, none fewer.
        Assert.Equal(3, _cluster.Pods("web:1").Count(pod => pod.IsReady));
        _ = Assert.Single(_cluster.Pods("web:2"));
        var status = _cluster.Get(Web).At("status");
        Assert.Equal((4, 1, 3, 1), (
            status.Count("replicas"), status.Count("updatedReplicas"), status.Count("availableReplicas"),
            status.Count("unavailableReplicas")));
    }

    [Fact]
    public void A_version_that_becomes_ready_replaces_every_old_pod_even_if_it_crashes_later()
    {
        Deploy(replicas: 2);
        SetImage("web:2");
        Assert.Empty(_cluster.Pods("web:1"));
        foreach (var pod in _cluster.Pods("web:2").ToList())
        {
            _cluster.SetReady(pod.Source.Key, ready: false);
        }

        _cluster.Settle();
        var status = _cluster.Get(Web).At("status");
        Assert.Equal("MinimumReplicasUnavailable", Conditions.Find(status, "Available").Text("reason"));
        Assert.Equal(2, _cluster.Pods("web:2").Count());
        Assert.Equal(2, status.Count("unavailableReplicas"));
    }

    [Theory]
    [InlineData("\"25%\"", "\"25%\"", 10)]
    [InlineData("1", "0", 4)]
    [InlineData("0", "1", 3)]
    [InlineData("\"100%\"", "0", 2)]
    [InlineData("\"50%\"", "\"34%\"", 7)]
    public void A_rolling_update_never_leaves_the_limits(string surge, string unavailable, int replicas)
    {
        Deploy(replicas,
            $$"""{"type": "RollingUpdate", "rollingUpdate": {"maxSurge": {{surge}}, "maxUnavailable": {{unavailable}} } }""");
        var most = 0;
        var fewest = int.MaxValue;
        _cluster.Watcher = () =>
        {
            // As in Kubernetes the limit above is on what the ReplicaSets ask for; their pods may overlap for a moment.
            most = Math.Max(most,
                _cluster.Store.List("apps", "replicasets", null).Sum(set => set.Body.Count("spec", "replicas")));
            fewest = Math.Min(fewest, _cluster.Store.List("", "pods", null)
                .Select(pod => new PodFacts(pod)).Count(pod => pod.IsActive && pod.IsReady));
        };
        SetImage("web:2");
        var limits = LocalCluster.Controllers.Deployments.RolloutLimits.Of(_cluster.Get(Web));
        Assert.InRange(most, replicas, limits.Total);
        Assert.InRange(fewest, limits.Available, replicas);
        Assert.Equal(replicas, _cluster.Pods("web:2").Count());
        Assert.Empty(_cluster.Pods("web:1"));
    }

    [Fact]
    public void Going_back_takes_the_old_ReplicaSet_and_gives_it_the_next_revision()
    {
        Deploy(replicas: 2);
        var first = Newest();
        SetImage("web:2");
        SetImage("web:1");
        Assert.Equal(first, Newest());
        var set = _cluster.Get(Kinds.ReplicaSet("shop", first));
        Assert.Equal("3", set.Text("metadata", "annotations", "deployment.kubernetes.io/revision"));
        Assert.Equal("1", set.Text("metadata", "annotations", "deployment.kubernetes.io/revision-history"));
        Assert.Equal(2, _cluster.Store.List("apps", "replicasets", "shop").Length);
    }

    [Fact]
    public void A_stuck_rollout_exceeds_its_progress_deadline_and_says_so()
    {
        Deploy(replicas: 2);
        _ = _cluster.Store.Mutate(Web, body => body.Need("spec")["progressDeadlineSeconds"] = 6);
        _cluster.Settle();
        _cluster.BecomesReady = _ => false;
        SetImage("web:2");
        _cluster.Advance(5);
        Assert.Equal("True", Progressing().Text("status"));
        _cluster.Advance(5);
        Assert.Equal("ProgressDeadlineExceeded", Progressing().Text("reason"));
        Assert.Equal($"ReplicaSet \"{Newest()}\" has timed out progressing.", Progressing().Text("message"));
    }

    [Fact]
    public void A_paused_deployment_scales_and_does_not_roll_out()
    {
        Deploy(replicas: 2);
        _ = _cluster.Store.Mutate(Web, body => body.Need("spec")["paused"] = true);
        _cluster.Settle();
        SetImage("web:2");
        Assert.Empty(_cluster.Pods("web:2"));
        Assert.Equal("DeploymentPaused", Progressing().Text("reason"));
        Scale(4);
        Assert.Equal(4, _cluster.Pods("web:1").Count());
        _ = _cluster.Store.Mutate(Web, body => body.Need("spec").Remove("paused"));
        _cluster.Settle();
        Assert.Equal(4, _cluster.Pods("web:2").Count());
    }

    [Fact]
    public void Scaling_in_the_middle_of_a_rollout_is_shared_out()
    {
        Deploy(replicas: 10, """{"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 3, "maxUnavailable": 2}}""");
        _cluster.BecomesReady = image => image == "web:1";
        SetImage("web:2");
        Assert.Equal((8, 5), (_cluster.Pods("web:1").Count(), _cluster.Pods("web:2").Count()));
        Scale(15);
        // The example of the Deployment page of Kubernetes' documentation: 5 more, 3 to the old, 2 to the new.
        Assert.Equal((11, 7), (_cluster.Pods("web:1").Count(), _cluster.Pods("web:2").Count()));
    }

    [Fact]
    public void Recreate_waits_for_the_last_old_pod_to_be_gone()
    {
        Deploy(replicas: 2, """{"type": "Recreate"}""");
        _cluster.HoldTerminating = true;
        SetImage("web:2");
        Assert.Equal(2, _cluster.Pods("web:1").Count(pod => pod.IsTerminating));
        Assert.Empty(_cluster.Pods("web:2"));
        _cluster.HoldTerminating = false;
        _cluster.Settle();
        Assert.Equal(2, _cluster.Pods("web:2").Count());
    }

    [Fact]
    public void Pods_count_as_available_only_after_minReadySeconds()
    {
        Deploy(replicas: 1);
        _ = _cluster.Store.Mutate(Web, body => body.Need("spec")["minReadySeconds"] = 10);
        _cluster.Settle();
        SetImage("web:2");
        _cluster.Advance(8);
        _ = Assert.Single(_cluster.Pods("web:1"));
        _cluster.Advance(3);
        Assert.Empty(_cluster.Pods("web:1"));
    }

    [Fact]
    public void Only_as_many_old_ReplicaSets_stay_as_the_history_limit_allows()
    {
        Deploy(replicas: 1);
        _ = _cluster.Store.Mutate(Web, body => body.Need("spec")["revisionHistoryLimit"] = 2);
        for (var version = 2; version < 7; version++)
        {
            SetImage($"web:{version}");
        }

        Assert.Equal(3, _cluster.Store.List("apps", "replicasets", "shop").Length);
    }

    [Fact]
    public void A_refused_pod_shows_in_conditions_and_events()
    {
        using var cluster =
            new ControlPlane((_, pod) => $"pods \"{pod.Text("metadata", "generateName")}\" is forbidden: no");
        cluster.AddNode();
        cluster.Create(Web, Manifest(2, """{"type": "RollingUpdate"}"""));
        cluster.Settle();
        var failure = Conditions.Find(cluster.Get(Web).At("status"), "ReplicaFailure");
        Assert.Equal("FailedCreate", failure.Text("reason"));
        var said = Assert.Single(cluster.Events("FailedCreate"));
        Assert.StartsWith("Error creating: pods \"web-", said, StringComparison.Ordinal);
        Assert.EndsWith("-\" is forbidden: no", said, StringComparison.Ordinal);
    }

    private void Deploy(
        int replicas,
        string strategy =
            """{"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}}""")
    {
        _cluster.Create(Web, Manifest(replicas, strategy));
        _cluster.Settle();
    }

    private static string Manifest(int replicas, string strategy) => $$"""
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
         "spec": {"replicas": {{replicas}}, "progressDeadlineSeconds": 600, "revisionHistoryLimit": 10,
           "strategy": {{strategy}}, "selector": {"matchLabels": {"app": "web"} },
           "template": {"metadata": {"labels": {"app": "web"} }, "spec": {"containers": [{"name": "web", "image": "web:1"}]} } } }
        """;

    private void SetImage(string image)
    {
        _ = _cluster.Store.Mutate(Web,
            body => body.Items("spec", "template", "spec", "containers").First()["image"] = image);
        _cluster.Settle();
    }

    private void Scale(int replicas)
    {
        _ = _cluster.Store.Mutate(Web, body => body.Need("spec")["replicas"] = replicas);
        _cluster.Settle();
    }

    private JsonObject? Progressing() => Conditions.Find(_cluster.Get(Web).At("status"), "Progressing");

    private string Newest() => _cluster.Store.List("apps", "replicasets", "shop")
        .MaxBy(set => long.Parse(
            set.Body.Text("metadata", "annotations", "deployment.kubernetes.io/revision")!,
            System.Globalization.CultureInfo.InvariantCulture))!.Key.Name;
}
