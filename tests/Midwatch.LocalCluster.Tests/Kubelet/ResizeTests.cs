using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects.Admission;

namespace Midwatch.LocalCluster.Tests.Kubelet;

/// <summary>Resources of a running pod are changed in place.</summary>
public sealed class ResizeTests : IAsyncLifetime
{
    private const string Small = """
        , "resources": { "requests": { "cpu": "100m", "memory": "20Mi" },
                         "limits": { "cpu": "200m", "memory": "40Mi" } }
        """;

    private readonly TestNode _node = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task New_limits_are_in_force_without_a_restart()
    {
        _ = _node.Pod("web", TestNode.Script("until [ -e $MIDWATCH_ROOT/v/go ]; do sleep 0.05; done; "
            + "x=`head -c 60000000 /dev/zero | tr '\\0' x`; echo done; sleep 600") + Small
            + """, "volumeMounts": [ { "name": "v", "mountPath": "/v" } ]""",
            """ "volumes": [ { "name": "v", "emptyDir": {} } ], """);
        var pod = await _node.ReadyAsync("web");
        var main = TestNode.MainOf(pod);
        Assert.Equal("40Mi", main.Text("resources", "limits", "memory"));
        Assert.Equal("20Mi", main.Text("allocatedResources", "memory"));
        Wanted("web", "limits", "memory", "400Mi");
        pod = await _node.UntilAsync("web", body => Limit(body) == "400Mi");
        Assert.Equal("200m", TestNode.MainOf(pod).Text("resources", "limits", "cpu"));
        var volume = Directory.EnumerateDirectories(
            Path.Combine(_node.Directory, "kubelet", "pods"), "v", SearchOption.AllDirectories).First();
        await File.WriteAllTextAsync(Path.Combine(volume, "go"), "", TestContext.Current.CancellationToken);
        Assert.Equal("done", await _node.FirstLogLineAsync("web"));
        Assert.Equal(0, TestNode.MainOf(_node.Get("web")!).Count("restartCount"));
        Assert.Null(TestNode.Condition(_node.Get("web")!, "PodResizePending"));
    }

    [Fact]
    public async Task A_container_whose_policy_says_so_is_restarted()
    {
        _ = _node.Pod("web", TestNode.Script("exec sleep 600") + Small
            + """, "resizePolicy": [ { "resourceName": "memory", "restartPolicy": "RestartContainer" } ]""");
        _ = await _node.ReadyAsync("web");
        Wanted("web", "limits", "cpu", "300m");
        _ = await _node.UntilAsync("web", body => TestNode.MainOf(body).Text("resources", "limits", "cpu") == "300m");
        Assert.Equal(0, TestNode.MainOf(_node.Get("web")!).Count("restartCount"));
        Wanted("web", "limits", "memory", "50Mi");
        _ = await _node.UntilAsync("web", body => TestNode.MainOf(body).Count("restartCount") == 1
            && TestNode.MainOf(body).Flag("ready") && Limit(body) == "50Mi");
        Assert.Contains("Normal Killing: Container main resize requires restart", _node.Events("web"));
    }

    [Fact]
    public async Task More_than_the_node_has_is_infeasible_and_what_others_have_taken_is_waited_for()
    {
        _ = _node.Pod("big", TestNode.Script("exec sleep 600") + """, "resources": { "requests": { "cpu": "7" } }""",
            """ "terminationGracePeriodSeconds": 0, """);
        _ = _node.Pod("web", TestNode.Script("exec sleep 600") + Small);
        _ = await _node.ReadyAsync("big");
        _ = await _node.ReadyAsync("web");
        Wanted("web", "requests", "cpu", "100");
        var pod = await _node.UntilAsync("web", body => TestNode.Condition(body, "PodResizePending") == "True");
        Assert.Equal("Infeasible", TestNode.Condition(pod, "PodResizePending", "reason"));
        Assert.Equal("Node didn't have enough capacity: cpu, requested: 100000, capacity: 8000",
            TestNode.Condition(pod, "PodResizePending", "message"));
        Wanted("web", "requests", "cpu", "2");
        pod = await _node.UntilAsync("web",
            body => TestNode.Condition(body, "PodResizePending", "reason") == "Deferred");
        Assert.Equal("Node didn't have enough resource: cpu, requested: 2000, used: 7000, capacity: 8000",
            TestNode.Condition(pod, "PodResizePending", "message"));
        Assert.Equal("100m", TestNode.MainOf(pod).Text("allocatedResources", "cpu"));
        _node.Delete("big", grace: 0);
        pod = await _node.UntilAsync("web",
            body => TestNode.MainOf(body).Text("allocatedResources", "cpu") == "2");
        Assert.Null(TestNode.Condition(pod, "PodResizePending"));
    }

    [Theory]
    [InlineData("""{ "limits": { "memory": "1Gi" } }""", """{ "limits": { "memory": "2Gi", "nvidia.com/gpu": "1" } }""",
        "spec.containers[0].resources.limits: Forbidden: only cpu and memory resources are mutable")]
    [InlineData("""{ "limits": { "memory": "1Gi", "cpu": "1" } }""", """{ "limits": { "memory": "1Gi" } }""",
        "spec.containers[0].resources.limits: Forbidden: resource limits cannot be removed")]
    [InlineData("{}", """{ "requests": { "cpu": "1" } }""",
        "spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a result of resizing")]
    public void What_a_resize_may_not_change_is_said(string before, string after, string error) =>
        Assert.Contains(error, ResizeRules.Check(Pod(after), Pod(before)).Select(one => one.ToString()));

    [Fact]
    public void A_resize_takes_resources_and_nothing_else()
    {
        var body = Pod("""{ "limits": { "memory": "1Gi" } }""");
        var proposed = Pod("""{ "limits": { "memory": "2Gi" } }""");
        proposed["spec"]!["containers"]![0]!["image"] = "other";
        proposed["spec"]!["nodeName"] = "elsewhere";
        ResizeRules.Take(body, proposed);
        Assert.Equal(Pod("""{ "limits": { "memory": "2Gi" } }""").ToJsonString(), body.ToJsonString());
    }

    private static JsonObject Pod(string resources) => (JsonObject)JsonNode.Parse(
        $$"""{ "spec": { "containers": [ { "name": "main", "image": "box", "resources": {{resources}} } ] } }""")!;

    private static string? Limit(JsonObject pod) => TestNode.MainOf(pod).Text("resources", "limits", "memory");

    // As the API server writes a resize that it took.
    private void Wanted(string pod, string kind, string name, string amount) =>
        _ = _node.Store.Mutate(new("", "pods", "shop", pod),
            body => body["spec"]!["containers"]![0]!["resources"]![kind]![name] = amount);
}
