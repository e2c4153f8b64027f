using System.Collections.Immutable;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.Jobs;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster.Tests.Controllers;

public sealed class CronJobTests : IDisposable
{
    private static readonly ObjectKey Sweep = Kinds.CronJob("shop", "sweep");
    private readonly ControlPlane _cluster = new();

    public CronJobTests() => _cluster.AddNode();

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public void A_job_comes_at_the_minute_with_the_minute_in_its_name()
    {
        Create("Allow");
        Assert.Empty(Jobs());
        _cluster.Advance(61);
        var job = Jobs().Single();
        var due = _cluster.Get(Sweep).Time("status", "lastScheduleTime")!.Value;
        Assert.Equal($"sweep-{due.ToUnixTimeSeconds() / 60}", job.Key.Name);
        Assert.Equal("CronJob", Ownership.Controller(job.Body).Text("kind"));
        Assert.Equal(job.Key.Name, _cluster.Get(Sweep).Items("status", "active").Single().Text("name"));
        EndAll();
        Assert.Empty(_cluster.Get(Sweep).Items("status", "active"));
        Assert.Equal([$"Saw completed job: {job.Key.Name}, condition: Complete"], _cluster.Events("SawCompletedJob"));
        Assert.NotNull(_cluster.Get(Sweep).Text("status", "lastSuccessfulTime"));
    }

    [Theory]
    [InlineData("Allow", 3)]
    [InlineData("Forbid", 1)]
    [InlineData("Replace", 1)]
    public void A_prior_run_that_goes_on_is_met_as_the_policy_says(string policy, int running)
    {
        Create(policy);
        _cluster.Advance(181);
        Assert.Equal(running, Jobs().Count(job => !job.IsBeingDeleted));
        Assert.Equal(policy == "Forbid", _cluster.Events("JobAlreadyActive").Any());
        Assert.Equal(policy == "Replace" ? 2 : 0, _cluster.Events("SuccessfulDelete")
            .Count(message => message.StartsWith("Deleted job", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_suspended_one_makes_nothing_and_the_histories_are_kept_short()
    {
        Create("Allow");
        for (var minute = 0; minute < 5; minute++)
        {
            _cluster.Advance(60);
            EndAll();
        }

        Assert.Equal(3, Jobs().Count(job => JobStatus.Finish(job.Body) is not null));
        _ = _cluster.Store.Mutate(Sweep, body => body.Need("spec")["suspend"] = true);
        var last = Jobs().Max(job => job.Key.Name);
        _cluster.Advance(180);
        Assert.Equal(last, Jobs().Max(job => job.Key.Name));
    }

    [Fact]
    public void A_job_made_by_hand_from_it_is_said_to_be_unexpected_and_does_not_count()
    {
        Create("Allow");
        _cluster.Create(Kinds.Job("shop", "once"), $$"""
            {"metadata": {"name": "once", "namespace": "shop", "ownerReferences": [{"apiVersion": "batch/v1", "kind": "CronJob",
              "name": "sweep", "uid": "{{_cluster.Get(Sweep).Text("metadata", "uid")}}", "controller": true}]},
             "spec": {"completions": 1, "template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "box:1"}]} } } }
            """);
        _cluster.Settle();
        Assert.Equal("Saw a job that the controller did not create or forgot: once",
            _cluster.Events("UnexpectedJob").First());
        Assert.Single(_cluster.Store.List("", "pods", "shop"));
    }

    private void Create(string policy)
    {
        _cluster.Create(Sweep, $$"""
            {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "sweep", "namespace": "shop"},
             "spec": {"schedule": "* * * * *", "concurrencyPolicy": "{{policy}}", "jobTemplate": {"spec": {"completions": 1,
               "template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "a", "image": "box:1"}]} } } } } }
            """);
        _cluster.Settle();
    }

    private ImmutableArray<StoredObject> Jobs() => _cluster.Store.List("batch", "jobs", "shop");

    private void EndAll()
    {
        foreach (var pod in _cluster.Store.List("", "pods", "shop")
            .Where(pod => pod.Body.Text("status", "phase") == "Running"))
        {
            _cluster.End(pod.Key, exitCode: 0);
        }
    }
}
