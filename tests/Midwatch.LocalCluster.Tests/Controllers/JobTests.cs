using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class JobTests : IDisposable
{
    private static readonly ObjectKey Tally = Kinds.Job("shop", "tally");
    private readonly ControlPlane _cluster = new();

    public JobTests() => _cluster.AddNode();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void Failures_are_tried_again_after_ten_seconds_then_twenty_until_the_limit()
    {
        Create("\"backoffLimit\": 2");
        _cluster.End(Running().Single(), exitCode: 1);
        Assert.Empty(Running());
        _cluster.Advance(9);
        Assert.Empty(Running());
        _cluster.Advance(1);
        _cluster.End(Running().Single(), exitCode: 1);
        _cluster.Advance(19);
        Assert.Empty(Running());
        _cluster.Advance(1);
        _cluster.End(Running().Single(), exitCode: 1);
        _cluster.Advance(120);
        Assert.Empty(Running());
        Assert.Equal(["FailureTarget", "Failed"], Conditions());
        Assert.Equal(3, Status().Count("failed"));
        Assert.Equal(["Job has reached the specified backoff limit"], _cluster.Events("BackoffLimitExceeded"));
    }

    [Fact]
    public void Completions_are_reached_with_no_more_than_the_parallelism_at_once()
    {
        Create("\"completions\": 3, \"parallelism\": 2");
        Assert.Equal(2, Running().Count);
        Assert.Equal(2, Status().Count("active"));
        _cluster.End(Running()[0], exitCode: 0);
        Assert.Equal(2, Running().Count);
        _cluster.End(Running()[0], exitCode: 0);
        Assert.Single(Running());
        _cluster.End(Running()[0], exitCode: 0);
        Assert.Equal(["SuccessCriteriaMet", "Complete"], Conditions());
        Assert.Equal((3, 0), (Status().Count("succeeded"), Status().Count("active")));
        Assert.NotNull(Status().Text("completionTime"));
        Assert.Equal(["Job completed"], _cluster.Events("Completed"));
    }

    [Fact]
    public void A_pod_that_somebody_deletes_after_its_success_stays_counted()
    {
        Create("\"completions\": 2, \"parallelism\": 1");
        _cluster.End(Running().Single(), exitCode: 0);
        foreach (var done in _cluster.Store.List("", "pods", "shop")
            .Where(pod => pod.Body.Text("status", "phase") == "Succeeded"))
        {
            _ = _cluster.Store.Delete(done.Key, new DeleteOptions());
        }

        _cluster.Settle();
        Assert.Equal(1, Status().Count("succeeded"));
        Assert.Single(Running());
    }

    [Fact]
    public void The_deadline_ends_what_runs()
    {
        Create("\"activeDeadlineSeconds\": 30");
        _cluster.Advance(29);
        Assert.Single(Running());
        _cluster.Advance(2);
        Assert.Empty(Running());
        Assert.Equal(["FailureTarget", "Failed"], Conditions());
        Assert.Equal(["Job was active longer than specified deadline"], _cluster.Events("DeadlineExceeded"));
        Assert.Equal(1, Status().Count("failed"));
    }

    [Fact]
    public void A_suspended_job_gives_its_pods_up_and_starts_again_when_resumed()
    {
        Create("\"completions\": 1");
        SetSuspend(true);
        Assert.Empty(_cluster.Store.List("", "pods", "shop"));
        Assert.Equal(0, Status().Count("failed"));
        SetSuspend(false);
        Assert.Single(Running());
        Assert.Equal(["Job suspended"], _cluster.Events("Suspended"));
        Assert.Equal(["Job resumed"], _cluster.Events("Resumed"));
    }

    [Fact]
    public void Indexed_pods_know_their_index_and_a_failed_index_is_run_again()
    {
        Create("\"completions\": 2, \"parallelism\": 2, \"completionMode\": \"Indexed\"");
        var second = Running().Single(pod => pod.Name.StartsWith("tally-1-", StringComparison.Ordinal));
        _cluster.End(second, exitCode: 1);
        _cluster.End(Running().Single(), exitCode: 0);
        Assert.Equal("0", Status().Text("completedIndexes"));
        _cluster.Advance(10);
        var again = Running().Single();
        Assert.StartsWith("tally-1-", again.Name, StringComparison.Ordinal);
        var variable = _cluster.Get(again).Items("spec", "containers").First().Items("env").Single();
        Assert.Equal("JOB_COMPLETION_INDEX", variable.Text("name"));
        _cluster.End(again, exitCode: 0);
        Assert.Equal("0,1", Status().Text("completedIndexes"));
    }

    [Fact]
    public void With_a_limit_per_index_the_others_go_on_and_the_job_names_those_that_failed()
    {
        Create("\"completions\": 2, \"parallelism\": 1, \"completionMode\": \"Indexed\", \"backoffLimitPerIndex\": 0");
        _cluster.End(Running().Single(), exitCode: 1);
        _cluster.Advance(10);
        _cluster.End(Running().Single(), exitCode: 0);
        Assert.Equal("0", Status().Text("failedIndexes"));
        Assert.Equal(["Job has failed indexes"], _cluster.Events("FailedIndexes"));
    }

    [Fact]
    public void A_failure_policy_gives_the_job_up_at_an_exit_code_that_trying_again_does_not_help()
    {
        Create("""
            "backoffLimit": 6, "podFailurePolicy": { "rules": [
              { "action": "Ignore", "onPodConditions": [ { "type": "DisruptionTarget" } ] },
              { "action": "FailJob", "onExitCodes": { "operator": "In", "values": [ 42 ] } } ] }
            """);
        _cluster.End(Running().Single(), exitCode: 1);
        Assert.Empty(Conditions());
        _cluster.Advance(10);
        var last = Running().Single();
        _cluster.End(last, exitCode: 42);
        Assert.Equal(["FailureTarget", "Failed"], Conditions());
        Assert.Equal(
            [$"Container  for pod shop/{last.Name} failed with exit code 42 matching FailJob rule at index 1"],
            _cluster.Events("PodFailurePolicy"));
        Assert.Equal(2, Status().Count("failed"));
    }

    [Fact]
    public void A_pod_that_a_policy_ignores_does_not_count_against_the_limit()
    {
        Create("""
            "backoffLimit": 0, "podFailurePolicy": { "rules": [
              { "action": "Ignore", "onPodConditions": [ { "type": "DisruptionTarget", "status": "True" } ] } ] }
            """);
        var pod = Running().Single();
        _ = _cluster.Store.Mutate(pod, body => body.Need("status")["conditions"] = new JsonArray(
            new JsonObject { ["type"] = "DisruptionTarget", ["status"] = "True" }));
        _cluster.End(pod, exitCode: 137);
        Assert.Equal(0, Status().Count("failed"));
        Assert.Empty(Conditions());
        _cluster.Advance(10);
        _cluster.End(Running().Single(), exitCode: 0);
        Assert.Equal(["SuccessCriteriaMet", "Complete"], Conditions());
    }

    [Fact]
    public void A_finished_job_goes_when_its_time_to_live_is_over()
    {
        Create("\"ttlSecondsAfterFinished\": 60");
        _cluster.End(Running().Single(), exitCode: 0);
        _cluster.Advance(59);
        Assert.NotNull(_cluster.Store.Get(Tally));
        _cluster.Advance(1);
        Assert.True(_cluster.Store.Get(Tally)?.IsBeingDeleted ?? true);
    }

    [Fact]
    public void The_pods_of_a_job_that_is_gone_are_not_held()
    {
        Create("\"completions\": 1");
        _ = _cluster.Store.Purge(Tally);
        _cluster.Settle();
        _ = _cluster.Store.Delete(Running().Single(), new DeleteOptions());
        _cluster.Settle();
        Assert.Empty(_cluster.Store.List("", "pods", "shop"));
    }

    private void Create(string spec)
    {
        _cluster.Create(Tally, $$"""
            {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "tally", "namespace": "shop"},
             "spec": { {{spec}}, {{(spec.Contains("completions", StringComparison.Ordinal) ? "" : "\"completions\": 1,")}}
               "template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "box:1"}]} } } }
            """);
        _cluster.Settle();
    }

    private void SetSuspend(bool suspend)
    {
        _ = _cluster.Store.Mutate(Tally, body => body.Need("spec")["suspend"] = suspend);
        _cluster.Settle();
    }

    private List<ObjectKey> Running() =>
    [
        .. _cluster.Store.List("", "pods", "shop").Where(pod => pod.Body.Text("status", "phase") == "Running")
            .Select(pod => pod.Key),
    ];

    private System.Text.Json.Nodes.JsonNode? Status() => _cluster.Get(Tally).At("status");

    private IEnumerable<string?> Conditions() =>
        Status().Items("conditions").Where(each => each.Text("status") == "True").Select(each => each.Text("type"));
}
