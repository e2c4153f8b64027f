using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Tests.Kubelet;

/// <summary>postStart and preStop: exec, httpGet and sleep.</summary>
public sealed class LifecycleTests : IAsyncLifetime
{
    private const string Folder = """, "volumeMounts": [ { "name": "v", "mountPath": "/v" } ]""";
    private const string Volume = """ "volumes": [ { "name": "v", "emptyDir": {} } ], """;

    private readonly TestNode _node = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [InlineData("failed - error: ", "exec: { command: [sh, -c, 'exit 3'] }")]
    [InlineData("executable file not found", "exec: { command: [nowhere-to-be-found] }")]
    [InlineData("couldn't find port: web", "httpGet: { port: web }")]
    [InlineData("connection refused", "httpGet: { port: 9, path: /warm }")]
    public async Task A_postStart_hook_that_fails_kills_the_container(string told, string hook)
    {
        _ = _node.Pod("bad", TestNode.Script("trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done")
            + Lifecycle("postStart", hook));
        var pod = await _node.UntilAsync("bad",
            body => TestNode.MainOf(body).Text("state", "waiting", "reason") == "PostStartHookError");
        Assert.Contains(told, TestNode.MainOf(pod).Text("state", "waiting", "message"), StringComparison.Ordinal);
        Assert.NotNull(TestNode.MainOf(pod).At("lastState", "terminated"));
        Assert.False(TestNode.MainOf(pod).Flag("ready"));
        Assert.Equal(
            ["Normal Started: Started container main", "Warning FailedPostStartHook: PostStartHook failed",
                "Normal Killing: FailedPostStartHook"],
            _node.Events("bad").Where(text => text.Contains("Start", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_failed_postStart_hook_of_a_pod_that_never_restarts_fails_it()
    {
        _ = _node.Pod("once", TestNode.Script("sleep 600") + Lifecycle("postStart", "exec: { command: ['false'] }"),
            """ "restartPolicy": "Never", "terminationGracePeriodSeconds": 1, """);
        var pod = await _node.UntilAsync("once", body => body.Text("status", "phase") == "Failed");
        Assert.NotEqual(0, TestNode.MainOf(pod).Count("state", "terminated", "exitCode"));
    }

    [Fact]
    public async Task Until_the_postStart_hook_ends_the_container_neither_runs_nor_is_ready()
    {
        _ = _node.Pod("slow", TestNode.Script("echo up; sleep 600") + Folder + Lifecycle("postStart",
            "exec: { command: [sh, -c, 'cd $MIDWATCH_ROOT/v; : > begun; until [ -e go ]; do sleep 0.02; done'] }"),
            Volume);
        await Eventually.HoldsAsync(() => Find("begun") is not null);
        Assert.Equal("ContainerCreating", TestNode.MainOf(_node.Get("slow")!).Text("state", "waiting", "reason"));
        Assert.False(TestNode.MainOf(_node.Get("slow")!).Flag("ready"));
        await File.WriteAllTextAsync(
            Path.Combine(Path.GetDirectoryName(Find("begun"))!, "go"), "", TestContext.Current.CancellationToken);
        var pod = await _node.ReadyAsync("slow");
        Assert.NotNull(TestNode.MainOf(pod).At("state", "running"));
        Assert.DoesNotContain(_node.Events("slow"), text => text.Contains("Hook", StringComparison.Ordinal));

        string? Find(string name) => Directory.EnumerateFiles(
            _node.Directory, name, SearchOption.AllDirectories).FirstOrDefault();
    }

    [Theory]
    [InlineData("sleep: { seconds: 600 }")]
    [InlineData("exec: { command: [sleep, '600'] }")]
    public async Task A_pod_that_is_deleted_while_its_postStart_hook_runs_does_not_wait_for_it(string hook)
    {
        _ = _node.Pod("gone", TestNode.Script("exec sleep 600") + Lifecycle("postStart", hook));
        await Eventually.HoldsAsync(() => _node.Events("gone").Contains("Normal Started: Started container main"));
        _node.Delete("gone", grace: 1);
        await _node.GoneAsync("gone");
        Assert.DoesNotContain(_node.Events("gone"), text => text.Contains("Hook", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ port: 8080 }", true)]
    [InlineData("{ port: 8081 }", false)]
    public async Task An_httpGet_hook_asks_only_for_an_answer_whatever_it_is(string get, bool isAnswered)
    {
        const string Server = """
            "command": ["python3", "-c", "import http.server,os; http.server.HTTPServer((os.environ['POD_IP'],8080),http.server.BaseHTTPRequestHandler).serve_forever()"],
            "startupProbe": { "tcpSocket": { "port": 8080 }, "periodSeconds": 1 }
            """;
        _ = _node.Pod("web", Server + Lifecycle("preStop", "httpGet: " + get));
        _ = await _node.ReadyAsync("web");
        _node.Delete("web", grace: 10);
        await _node.GoneAsync("web");
        Assert.Equal(!isAnswered, _node.Events("web").Contains("Warning FailedPreStopHook: PreStopHook failed"));
    }

    [Fact]
    public async Task A_preStop_hook_runs_before_SIGTERM_and_its_failure_is_told()
    {
        const string Program =
            "trap 'cat $MIDWATCH_ROOT/v/order; echo end; exit 0' TERM; echo up; while :; do sleep 0.02; done";
        const string Hook = "exec: { command: [sh, -c, 'echo hook > $MIDWATCH_ROOT/v/order; exit 1'] }";
        _ = _node.Pod("order", TestNode.Script(Program) + Folder + Lifecycle("preStop", Hook), Volume);
        Assert.Equal("up", await _node.FirstLogLineAsync("order"));
        Assert.Equal("up\nhook\nend\n", await _node.LogOfDeletedAsync("order"));
        Assert.Contains("Warning FailedPreStopHook: PreStopHook failed", _node.Events("order"));
    }

    [Fact]
    public async Task A_preStop_hook_that_uses_up_the_grace_period_leaves_the_program_its_last_moment()
    {
        _ = _node.Pod("late", TestNode.Script("trap 'echo asked; exit 0' TERM; echo up; while :; do sleep 0.02; done")
            + Lifecycle("preStop", "sleep: { seconds: 600 }"));
        Assert.Equal("up", await _node.FirstLogLineAsync("late"));
        var log = new MemoryStream();
        var following = _node.Kubelet.ReadLogAsync(new("shop", "late", "main", Follow: true), log,
            TestContext.Current.CancellationToken);
        _node.Delete("late", grace: 1);
        await _node.GoneAsync("late");
        await following;
        Assert.Equal("up\nasked\n", System.Text.Encoding.UTF8.GetString(log.ToArray()));
    }

    private static string Lifecycle(string name, string hook) =>
        $", \"lifecycle\": {{ \"{name}\": {Midwatch.LocalCluster.Hosting.YamlJson.Convert(Yaml(hook))!.ToJsonString()} }}";

    private static YamlDotNet.RepresentationModel.YamlNode Yaml(string text)
    {
        var yaml = new YamlDotNet.RepresentationModel.YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents[0].RootNode;
    }
}
