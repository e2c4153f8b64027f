using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class EndpointsTests : IDisposable
{
    private static readonly ObjectKey Endpoints = new("", "endpoints", "shop", "web");
    private readonly ControlPlane _cluster = new();

    public EndpointsTests()
    {
        _cluster.AddNode();
        _cluster.Create(new ObjectKey("", "services", "shop", "web"), """
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop", "labels": {"app": "web"} },
             "spec": {"clusterIP": "127.9.0.1", "selector": {"app": "web"},
               "ports": [{"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP"}, {"name": "raw", "port": 81, "targetPort": 8181}]} }
            """);
    }

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Ready_and_unready_pods_are_told_apart_and_named_ports_are_looked_up()
    {
        AddPod("a", ready: true, port: 8080);
        AddPod("b", ready: false, port: 8080);
        var subset = Assert.Single(_cluster.Get(Endpoints).Items("subsets"));
        Assert.Equal(["a"], subset.Items("addresses").Select(address => address.Text("targetRef", "name")));
        Assert.Equal(["b"], subset.Items("notReadyAddresses").Select(address => address.Text("targetRef", "name")));
        Assert.Equal([("http", 8080L), ("raw", 8181L)],
            subset.Items("ports").Select(port => (port.Text("name")!, port.Number("port")!.Value)));
        var slice = Assert.Single(Slices());
        Assert.Equal("web", slice.Text("metadata", "labels", "kubernetes.io/service-name"));
        Assert.Equal([true, false], slice.Items("endpoints").Select(endpoint => endpoint.Flag("conditions", "ready")));
    }

    [Fact]
    public void Pods_that_listen_on_another_port_get_a_subset_of_their_own()
    {
        AddPod("a", ready: true, port: 8080);
        AddPod("b", ready: true, port: 9090);
        Assert.Equal(2, _cluster.Get(Endpoints).Items("subsets").Count());
        Assert.Equal(2, Slices().Count());
    }

    [Fact]
    public void A_terminating_pod_is_no_endpoint_but_still_in_the_slice()
    {
        _cluster.HoldTerminating = true;
        AddPod("a", ready: true, port: 8080);
        _ = _cluster.Store.Delete(Kinds.Pod("shop", "a"), new DeleteOptions());
        _cluster.Settle();
        Assert.Empty(_cluster.Get(Endpoints).Items("subsets"));
        var conditions = Assert.Single(Assert.Single(Slices()).Items("endpoints")).At("conditions");
        Assert.Equal((false, true, true),
            (conditions.Flag("ready"), conditions.Flag("serving"), conditions.Flag("terminating")));
    }

    [Fact]
    public void Endpoints_go_with_their_service()
    {
        AddPod("a", ready: true, port: 8080);
        _ = _cluster.Store.Delete(new ObjectKey("", "services", "shop", "web"), new DeleteOptions());
        _cluster.Settle();
        Assert.Null(_cluster.Store.Get(Endpoints));
    }

    private IEnumerable<System.Text.Json.Nodes.JsonObject> Slices() =>
        _cluster.Store.List("discovery.k8s.io", "endpointslices", "shop").Select(slice => slice.Body);

    private void AddPod(string name, bool ready, int port)
    {
        _cluster.BecomesReady = _ => ready;
        _cluster.Create(Kinds.Pod("shop", name), $$"""
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "{{name}}", "namespace": "shop", "labels": {"app": "web"} },
             "spec": {"containers": [{"name": "c", "image": "x", "ports": [{"name": "http", "containerPort": {{port}}}]}]},
             "status": {"phase": "Pending"} }
            """);
        _cluster.Settle();
    }
}
