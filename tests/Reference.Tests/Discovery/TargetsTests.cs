using System.Text.Json.Nodes;
using Reference.Discovery;

namespace Reference.Tests.Discovery;

public sealed class TargetsTests
{
    [Fact]
    public void A_pod_that_is_not_ready_is_a_target_and_one_without_address_is_none()
    {
        var pods = JsonNode.Parse("""
            {"items": [
              {"metadata": {"name": "a", "namespace": "n", "uid": "u", "labels": {"app.kubernetes.io/component": "x"}},
               "spec": {"nodeName": "node-1", "containers": [
                 {"name": "c", "ports": [{"name": "http", "containerPort": 8080}, {"containerPort": 9}]}, {"name": "d"}]},
               "status": {"podIP": "127.1.2.3", "phase": "Running", "conditions": [{"type": "Ready", "status": "False"}]}},
              {"metadata": {"name": "b", "namespace": "n"}, "status": {"phase": "Pending"},
               "spec": {"containers": [{"name": "c", "ports": [{"containerPort": 8080}]}]}}
            ]}
            """);
        var items = pods!["items"]!.AsArray().OfType<JsonObject>();
        var targets = Assert.IsType<JsonArray>(JsonNode.Parse(Targets.FromPods(items)));
        Assert.Equal(2, targets.Count);
        Assert.Equal("127.1.2.3:8080", (string?)targets[0]?["targets"]?[0]);
        Assert.Equal("127.1.2.3:9", (string?)targets[1]?["targets"]?[0]);
        var labels = targets[0]?["labels"];
        Assert.Equal("false", (string?)labels?["__meta_kubernetes_pod_ready"]);
        Assert.Equal("http", (string?)labels?["__meta_kubernetes_pod_container_port_name"]);
        Assert.Equal("x", (string?)labels?["__meta_kubernetes_pod_label_app_kubernetes_io_component"]);
    }

    [Fact]
    public void Without_pods_there_are_no_targets() => Assert.Equal("[]", Targets.FromPods([]));
}
