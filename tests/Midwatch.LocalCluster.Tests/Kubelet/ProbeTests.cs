using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class ProbeTests : IAsyncLifetime
{
    private readonly TestNode _node = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Redis_is_ready_when_it_answers_and_not_when_it_is_frozen()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/redis-server"), "redis-server is not installed");
        _node.Image("redis",
            """{ "repository": "docker.io/library/redis", "tags": { "7.0": {} }, "entrypoint": ["redis-server"] }""");
        _node.Create("", "pods", "redis", """
            { "kind": "Pod", "metadata": {}, "spec": { "nodeName": "node-1", "containers": [ {
              "name": "main", "image": "redis:7.0", "args": ["--bind", "$(POD_IP)", "--save", ""],
              "readinessProbe": { "exec": { "command": ["redis-cli", "-h", "$(POD_IP)", "ping"] }, "periodSeconds": 1, "failureThreshold": 1 } } ] } }
            """);
        var pod = await _node.ReadyAsync("redis");
        await using (var connection = await _node.Kubelet.ConnectAsync("shop", "redis", 6379,
            TestContext.Current.CancellationToken))
        {
            Assert.NotNull(connection);
            await connection.WriteAsync("PING\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            var answer = new byte[7];
            await connection.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
            Assert.Equal("+PONG\r\n"u8, answer);
        }

        Assert.Null(await _node.Kubelet.ConnectAsync("shop", "redis", 6380, TestContext.Current.CancellationToken));
        _node.Kubelet.SignalContainer("shop", "redis", "main", Processes.Signal.Stop);
        await _node.UntilAsync("redis", body => TestNode.Condition(body, "Ready") == "False");
        var address = pod.Text("status", "podIP");
        Assert.Contains(
            $"Warning Unhealthy: Readiness probe failed: command timed out: \"redis-cli -h {address} ping\" timed out after 1s",
            _node.Events("redis"));
        _node.Kubelet.SignalContainer("shop", "redis", "main", Processes.Signal.Cont);
        await _node.ReadyAsync("redis");
    }

    [Theory]
    [InlineData("tcpSocket", """{ "port": 9 }""", "dial tcp {ip}:9: connect: connection refused")]
    [InlineData("httpGet", """{ "port": "web", "path": "/health" }""",
        "Get \"http://{ip}:8080/health\": dial tcp {ip}:8080: connect: connection refused")]
    [InlineData("exec", """{ "command": ["sh", "-c", "echo not yet; exit 1"] }""", "not yet\n")]
    public async Task A_failed_look_is_told_in_the_words_of_a_kubelet(string kind, string handler, string output)
    {
        _ = _node.Pod("web", $$"""
            "args": ["sleep 600"], "ports": [ { "name": "web", "containerPort": 8080 } ],
            "readinessProbe": { "{{kind}}": {{handler}}, "periodSeconds": 1 }
            """);
        var pod = await _node.RunningAsync("web");
        var text =
            $"Warning Unhealthy: Readiness probe failed: {output.Replace("{ip}", pod.Text("status", "podIP"), StringComparison.Ordinal)}";
        await Eventually.HoldsAsync(() => _node.Events("web").Contains(text));
        Assert.False(TestNode.MainOf(_node.Get("web")!).Flag("ready"));
    }

    [Fact]
    public async Task A_failed_liveness_probe_restarts_the_container()
    {
        _ = _node.Pod("web", """
            "args": ["exec sleep 600"],
            "livenessProbe": { "exec": { "command": ["false"] }, "periodSeconds": 1, "failureThreshold": 2 }
            """);
        var pod = await _node.UntilAsync("web", body => TestNode.MainOf(body).Count("restartCount") == 1);
        Assert.Equal(143, TestNode.MainOf(pod).Count("lastState", "terminated", "exitCode"));
        Assert.Contains("Normal Killing: Container main failed liveness probe, will be restarted", _node.Events("web"));
    }

    [Fact]
    public async Task Until_the_startup_probe_succeeds_the_container_has_not_started()
    {
        _ = _node.Pod("slow", """
            "args": ["sleep 0.5; touch up; exec sleep 600"],
            "startupProbe": { "exec": { "command": ["test", "-e", "up"] }, "periodSeconds": 1 },
            "livenessProbe": { "exec": { "command": ["test", "-e", "up"] }, "failureThreshold": 1 }
            """);
        var pod = await _node.RunningAsync("slow");
        Assert.False(TestNode.MainOf(pod).Flag("started"));
        pod = await _node.ReadyAsync("slow");
        Assert.True(TestNode.MainOf(pod).Flag("started"));
        Assert.Equal(0, TestNode.MainOf(pod).Count("restartCount"));
    }
}
