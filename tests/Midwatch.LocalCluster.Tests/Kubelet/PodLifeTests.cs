using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Tests.Kubelet;

public sealed class PodLifeTests : IAsyncLifetime
{
    private readonly TestNode _node = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task A_pod_runs_with_an_address_conditions_and_the_usual_events()
    {
        _ = _node.Pod("web", TestNode.Script("exec sleep 600"));
        var pod = await _node.ReadyAsync("web");
        Assert.StartsWith("127.", pod.Text("status", "podIP"), StringComparison.Ordinal);
        Assert.Equal("Running", pod.Text("status", "phase"));
        Assert.Equal("BestEffort", pod.Text("status", "qosClass"));
        Assert.All(
            ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"],
            type => Assert.Equal("True", TestNode.Condition(pod, type)));
        Assert.StartsWith("containerd://", TestNode.MainOf(pod).Text("containerID"), StringComparison.Ordinal);
        Assert.StartsWith("docker.io/library/box@sha256:", TestNode.MainOf(pod).Text("imageID"),
            StringComparison.Ordinal);
        Assert.Equal(["Pulling", "Pulled", "Created", "Started"], _node.Events("web").Select(Reason));
    }

    [Fact]
    public async Task A_pod_that_ends_well_has_succeeded()
    {
        _ = _node.Pod("job", TestNode.Script("echo done"), """ "restartPolicy": "Never", """);
        var pod = await _node.UntilAsync("job", body => body.Text("status", "phase") == "Succeeded");
        Assert.Equal(0, TestNode.MainOf(pod).Count("state", "terminated", "exitCode"));
        Assert.Equal("Completed", TestNode.MainOf(pod).Text("state", "terminated", "reason"));
        Assert.Equal("PodCompleted", TestNode.Condition(pod, "Ready", "reason"));
        Assert.Equal("done\n", await _node.LogAsync("job"));
    }

    [Fact]
    public async Task A_pod_that_ends_badly_and_may_not_restart_has_failed()
    {
        _ = _node.Pod("job", TestNode.Script("echo bad >/dev/null; kill -TERM $$"), """ "restartPolicy": "Never", """);
        var pod = await _node.UntilAsync("job", body => body.Text("status", "phase") == "Failed");
        Assert.Equal(143, TestNode.MainOf(pod).Count("state", "terminated", "exitCode"));
        Assert.Equal("Error", TestNode.MainOf(pod).Text("state", "terminated", "reason"));
    }

    [Fact]
    public async Task A_crashing_container_is_restarted_at_once_and_then_with_back_off()
    {
        _ = _node.Pod("crash", TestNode.Script("echo $$; exit 3"));
        var pod = await _node.UntilAsync("crash",
            body => TestNode.MainOf(body).Text("state", "waiting", "reason") == "CrashLoopBackOff");
        var main = TestNode.MainOf(pod);
        Assert.Equal(1, main.Count("restartCount"));
        Assert.Equal(3, main.Count("lastState", "terminated", "exitCode"));
        Assert.StartsWith(
            "back-off 10s restarting failed container=main pod=crash_shop(", main.Text("state", "waiting", "message"),
            StringComparison.Ordinal);
        Assert.False(main.Flag("ready"));
        Assert.Equal("Running", pod.Text("status", "phase"));
        Assert.Equal("ContainersNotReady", TestNode.Condition(pod, "Ready", "reason"));
        Assert.Equal("containers with unready status: [main]", TestNode.Condition(pod, "Ready", "message"));
        Assert.Contains(_node.Events("crash"), text => text.StartsWith(
            "Warning BackOff: Back-off restarting failed container main in pod crash_shop(", StringComparison.Ordinal));
        var current = await _node.LogAsync("crash");
        Assert.Equal(current, await _node.LogAsync(new PodLogRequest("shop", "crash", "main", Previous: true)));
    }

    [Fact]
    public async Task The_log_before_a_restart_is_kept()
    {
        _ = _node.Pod("again",
            TestNode.Script("cd $MIDWATCH_ROOT/v; if [ -e seen ]; then echo second; sleep 600; fi; "
            + "touch seen; echo first; exit 1") + """, "volumeMounts": [ { "name": "v", "mountPath": "/v" } ]""",
                """ "volumes": [ { "name": "v", "emptyDir": {} } ], """);
        await _node.UntilAsync("again", body => TestNode.MainOf(body).Count("restartCount") == 1
            && TestNode.MainOf(body).At("state", "running") is not null);
        Assert.Equal("second", await _node.FirstLogLineAsync("again"));
        Assert.Equal("first\n", await _node.LogAsync(new PodLogRequest("shop", "again", "main", Previous: true)));
    }

    [Fact]
    public async Task Deletion_asks_the_container_first_and_then_removes_the_pod()
    {
        _ = _node.Pod("web", TestNode.Script("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done"));
        Assert.Equal("up", await _node.FirstLogLineAsync("web"));
        Assert.Equal("up\nbye\n", await _node.LogOfDeletedAsync("web"));
        Assert.Contains("Normal Killing: Stopping container main", _node.Events("web"));
    }

    [Fact]
    public async Task A_container_that_ignores_SIGTERM_is_killed_when_its_time_is_over()
    {
        _ = _node.Pod("deaf", TestNode.Script("trap '' TERM; echo up; while :; do sleep 0.05; done"),
            """ "terminationGracePeriodSeconds": 1, """);
        _ = await _node.FirstLogLineAsync("deaf");
        _node.Delete("deaf");
        var last = await _node.UntilAsync("deaf", body => TestNode.MainOf(body).At("state", "terminated") is not null);
        Assert.Equal(137, TestNode.MainOf(last).Count("state", "terminated", "exitCode"));
        await _node.GoneAsync("deaf");
    }

    [Fact]
    public async Task A_forced_deletion_kills_at_once_with_everything_that_was_started()
    {
        _ = _node.Pod("web", TestNode.Script("setsid sleep 600 & sleep 600 & echo $$; wait"));
        var pid = int.Parse(await _node.FirstLogLineAsync("web"), System.Globalization.CultureInfo.InvariantCulture);
        _node.Delete("web", grace: 0);
        await _node.GoneAsync("web");
        await Eventually.HoldsAsync(() => !Directory.Exists($"/proc/{pid}"));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_a_start_error()
    {
        _ = _node.Pod("typo", """ "command": ["redis-servre"] """);
        var pod = await _node.UntilAsync("typo",
            body => TestNode.MainOf(body).Text("state", "waiting", "reason") == "CrashLoopBackOff");
        Assert.Equal(128, TestNode.MainOf(pod).Count("lastState", "terminated", "exitCode"));
        Assert.Equal("StartError", TestNode.MainOf(pod).Text("lastState", "terminated", "reason"));
        Assert.Contains(_node.Events("typo"), text => text.EndsWith(
            "exec: \"redis-servre\": executable file not found in $PATH: unknown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Init_containers_run_before_the_others_one_after_the_other()
    {
        const string Mount = """, "volumeMounts": [ { "name": "v", "mountPath": "/v" } ]""";
        _ = _node.Pod("two", TestNode.Script("cat $MIDWATCH_ROOT/v/order; sleep 600") + Mount, $$"""
            "volumes": [ { "name": "v", "emptyDir": {} } ],
            "initContainers": [
              { "name": "one", "image": "box", "args": ["echo one >> $MIDWATCH_ROOT/v/order"] {{Mount}} },
              { "name": "two", "image": "box", "args": ["echo two >> $MIDWATCH_ROOT/v/order"] {{Mount}} } ],
            """);
        var pod = await _node.ReadyAsync("two");
        await Eventually.HoldsAsync(async () => await _node.LogAsync("two") == "one\ntwo\n");
        Assert.Equal("True", TestNode.Condition(pod, "Initialized"));
    }

    [Fact]
    public async Task A_failing_init_container_keeps_the_pod_pending()
    {
        _ = _node.Pod("stuck", TestNode.Script("sleep 600"), """
            "initContainers": [ { "name": "migrate", "image": "box", "args": ["exit 1"] } ],
            """);
        var pod = await _node.UntilAsync("stuck", body => body.Items("status", "initContainerStatuses")
            .Any(one => one.Text("state", "waiting", "reason") == "CrashLoopBackOff"));
        Assert.Equal("Pending", pod.Text("status", "phase"));
        Assert.Equal("PodInitializing", TestNode.MainOf(pod).Text("state", "waiting", "reason"));
        Assert.Equal("containers with incomplete status: [migrate]", TestNode.Condition(pod, "Initialized", "message"));
    }

    [Fact]
    public async Task A_container_over_its_memory_limit_is_killed()
    {
        _ = _node.Pod("leak", """
            "args": ["x=`head -c 80000000 /dev/zero | tr '\\0' x`; sleep 600"], "resources": { "limits": { "memory": "50Mi" } }
            """, """ "restartPolicy": "Never", """);
        var pod = await _node.UntilAsync("leak", body => body.Text("status", "phase") == "Failed");
        Assert.Equal("OOMKilled", TestNode.MainOf(pod).Text("state", "terminated", "reason"));
        Assert.Equal(137, TestNode.MainOf(pod).Count("state", "terminated", "exitCode"));
    }

    [Fact]
    public async Task A_frozen_container_does_not_end_and_goes_on_when_it_is_thawed()
    {
        _ = _node.Pod("redis", TestNode.Script("while :; do echo tick; sleep 0.05; done"));
        _ = await _node.FirstLogLineAsync("redis");
        Assert.True(_node.Kubelet.SignalContainer("shop", "redis", "main", Signal.Stop) > 0);
        var before = await _node.LogAsync("redis");
        Assert.True(_node.Kubelet.SignalContainer("shop", "redis", "main", Signal.Cont) > 0);
        await Eventually.HoldsAsync(async () => (await _node.LogAsync("redis")).Length > before.Length + 10);
        Assert.Equal(0, TestNode.MainOf(_node.Get("redis")!).Count("restartCount"));
    }

    private static string Reason(string text) => text.Split(' ')[1].TrimEnd(':');
}
