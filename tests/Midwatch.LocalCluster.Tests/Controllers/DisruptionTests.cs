using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class DisruptionTests : IDisposable
{
    private static readonly ObjectKey Budget = new("policy", "poddisruptionbudgets", "shop", "web");
    private readonly ControlPlane _cluster = new();

    public DisruptionTests()
    {
        _cluster.AddNode();
        _cluster.Create(Kinds.Deployment("shop", "web"), """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
             "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "web"} },
               "template": {"metadata": {"labels": {"app": "web"} }, "spec": {"containers": [{"name": "a", "image": "web:1"}]} } } }
            """);
        _cluster.Settle();
    }

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("\"minAvailable\": 2", 2, 1)]
    [InlineData("\"minAvailable\": 3", 3, 0)]
    [InlineData("\"minAvailable\": \"50%\"", 2, 1)]
    [InlineData("\"maxUnavailable\": 2", 1, 2)]
    [InlineData("\"maxUnavailable\": \"34%\"", 1, 2)]
    public void What_may_go_is_what_is_healthy_beyond_what_must_stay(string rule, int desired, int allowed)
    {
        Create(rule);
        var status = _cluster.Get(Budget).At("status");
        Assert.Equal((3, desired, allowed, 3), (status.Count("currentHealthy"), status.Count("desiredHealthy"),
            status.Count("disruptionsAllowed"), status.Count("expectedPods")));
        Assert.Equal(allowed > 0 ? "SufficientPods" : "InsufficientPods",
            Conditions.Find(status, "DisruptionAllowed").Text("reason"));
    }

    [Fact]
    public void A_pod_that_falls_ill_uses_the_budget_up()
    {
        Create("\"minAvailable\": 2");
        _cluster.SetReady(_cluster.Pods("web:1").First().Source.Key, ready: false);
        _cluster.Settle();
        Assert.Equal(0, _cluster.Get(Budget).Count("status", "disruptionsAllowed"));
    }

    [Fact]
    public void A_budget_for_nobody_says_so()
    {
        Create("\"minAvailable\": 1", "nobody");
        Assert.Equal(["No matching pods found"], _cluster.Events("NoPods"));
        Assert.Equal(0, _cluster.Get(Budget).Count("status", "disruptionsAllowed"));
    }

    private void Create(string rule, string app = "web")
    {
        _cluster.Create(Budget, $$"""
            {"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": "web", "namespace": "shop"},
             "spec": { {{rule}}, "selector": {"matchLabels": {"app": "{{app}}"} } } }
            """);
        _cluster.Settle();
    }
}
