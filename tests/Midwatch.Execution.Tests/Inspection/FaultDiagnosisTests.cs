using System.Collections.Immutable;
using Midwatch.Diagnosis;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Observations;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Execution.Inspection;
using Midwatch.Kubernetes;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Compilation;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Testing;

namespace Midwatch.Execution.Tests.Inspection;

/// <summary>
/// From an API server's answers and a runbook's text to the decision: compiler, inspector and ranker together.
/// </summary>
public sealed class FaultDiagnosisTests
{
    private const string Crashing = """
        "restartCount":4,"state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 40s restarting failed container"}},
        "lastState":{"terminated":{"exitCode":1,"reason":"Error","finishedAt":"2026-11-21T02:59:40Z"}}
        """;

    private const string Pulling = """
        "restartCount":0,"state":{"waiting":{"reason":"ImagePullBackOff","message":"Back-off pulling image"}}
        """;

    private const string Sidecar = "sentineltranslate-sidecar";

    private const string Redis = "sentineltranslate-redis-master";

    public static TheoryData<string> Runbooks => ["own", "seed"];

    [Theory, MemberData(nameof(Runbooks))]
    public async Task A_release_that_crashes_is_rolled_back(string runbook)
    {
        var cluster = NewCluster();
        cluster.RollOut(Sidecar, "registry.example/sidecar:1.5.0", ClusterOnPaper.Now.AddMinutes(-3));
        cluster.Break(Sidecar, "Running", Crashing, "Unhandled exception. System.IO.IOException: stale lock\n",
            ("BackOff", "Back-off restarting failed container"));
        var ranking = await DiagnoseAsync(cluster, runbook);

        var act = Assert.IsType<Decision.Act>(ranking.Decision);
        Assert.Equal(("bad-release", ranking.Scenarios[0].Id), (act.Cause, act.Scenario));
        Assert.Contains("rash", ranking.Scenarios[0].Title, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Runbooks))]
    public async Task A_broker_that_hangs_is_restarted_alone(string runbook)
    {
        var cluster = NewCluster();
        cluster.Break(Redis, "Running", "\"restartCount\":0,\"state\":{\"running\":{}}",
            "Ready to accept connections\n",
            ("Unhealthy", "Readiness probe failed: command timed out: \"sh -c redis-cli ping\" timed out after 1s"));
        cluster.Break(Sidecar, "Running", Crashing,
            $"fail: broker {Redis}:6379: Connection refused\nno broker for 5 s, ending\n",
            ("BackOff", "Back-off restarting failed container"));
        var ranking = await DiagnoseAsync(cluster, runbook);

        var act = Assert.IsType<Decision.Act>(ranking.Decision);
        Assert.Equal("unresponsive", act.Cause);
        Assert.Equal(new Subject("statefulset", "sentineltranslate", Redis), Assert.Single(act.Subjects));
        var first = ranking.Scenarios[0];
        Assert.Single(first.HelpChecks,
            check => first.Branches.Any(branch => branch.Kept && branch.CommandId == check.CommandId));
        Assert.Contains(first.Branches,
            branch => !branch.Kept && branch.Why.Contains("triton", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Runbooks))]
    public async Task A_missing_pull_secret_leads_to_the_scenario_that_restores_it(string runbook)
    {
        var cluster = NewCluster();
        cluster.Break(Sidecar, "Pending", Pulling, "",
            ("Failed", "Failed to pull image \"registry.example/sidecar:1.4.2\": unexpected status: 401 Unauthorized"),
            ("FailedToRetrieveImagePullSecret", "Unable to retrieve some image pull secrets (ecr-registry-secret)"));
        var ranking = await DiagnoseAsync(cluster, runbook);

        var act = Assert.IsType<Decision.Act>(ranking.Decision);
        Assert.Equal("pull-unauthorised", act.Cause);
        Assert.Contains("mage", ranking.Scenarios[0].Title, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Runbooks))]
    public async Task A_tag_that_was_never_pushed_is_handed_to_a_human(string runbook)
    {
        var cluster = NewCluster();
        cluster.RollOut(Sidecar, "registry.example/sidecar:nope", ClusterOnPaper.Now.AddMinutes(-3));
        cluster.Break(Sidecar, "Pending", Pulling, "",
            ("Failed",
                "Failed to pull image \"registry.example/sidecar:nope\": registry.example/sidecar:nope: not found"));
        var ranking = await DiagnoseAsync(cluster, runbook);

        var family = Assert.IsType<Decision.Family>(ranking.Decision);
        Assert.Equal("image-not-found", family.Cause);
        Assert.Contains("mage", ranking.Scenarios.Single(one => one.Id == family.Scenario).Title,
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Runbooks))]
    public async Task A_well_system_has_no_fault(string runbook) =>
        Assert.IsType<Decision.NoFault>((await DiagnoseAsync(NewCluster(), runbook)).Decision);

    [Fact]
    public async Task Probes_that_failed_while_a_pod_started_are_no_finding()
    {
        var cluster = NewCluster();
        cluster.Warn(Redis, "Unhealthy", "Readiness probe failed: connection refused",
            ClusterOnPaper.Now.AddMinutes(-3), ClusterOnPaper.Now);
        var ranking = await DiagnoseAsync(cluster, "own");

        Assert.IsType<Decision.NoFault>(ranking.Decision);
        Assert.DoesNotContain(ranking.Causes, cause => cause.Hi > 0);
    }

    [Fact]
    public async Task Probes_that_failed_before_a_pod_was_last_Ready_say_nothing_of_its_trouble()
    {
        var cluster = NewCluster();
        cluster.RollOut(Sidecar, "registry.example/sidecar:1.5.0", ClusterOnPaper.Now.AddMinutes(-5));
        cluster.Break(Sidecar, "Running", Crashing, "Unhandled exception. System.IO.IOException: stale lock\n",
            ("BackOff", "Back-off restarting failed container"));
        var started = ClusterOnPaper.Now.AddMinutes(-5);
        cluster.Warn(Sidecar, "Unhealthy", "Readiness probe failed: connection refused", started,
            started.AddSeconds(2));
        var ranking = await DiagnoseAsync(cluster, "own");

        Assert.IsType<Decision.Act>(ranking.Decision);
        Assert.DoesNotContain(ranking.Symptoms,
            symptom => symptom.Type == "probe-failure" || symptom.Key == "Unhealthy");
    }

    [Fact]
    public async Task A_kind_that_the_server_does_not_have_is_no_unanswered_read()
    {
        var cluster = NewCluster();
        cluster.Missing.UnionWith(["resourcequotas", "jobs", "persistentvolumeclaims"]);
        var seen = await InspectAsync(cluster, Compile("own").Procedures[0]);

        Assert.DoesNotContain(seen.Reads,
            read => read.Outcome != ReadOutcome.Made && cluster.Missing.Any(read.Source.Contains));
    }

    private static ClusterOnPaper NewCluster() => new(Path.Combine(Root, "systems", "sentineltranslate", "manifests"));

    private static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Midwatch.slnx")))
        {
            folder =
                folder.Parent ?? throw new DirectoryNotFoundException("The repository was not found above the tests.");
        }

        return folder.FullName;
    }

    private static Runbook Compile(string which)
    {
        var shared = Environment.GetEnvironmentVariable("MIDWATCH_SHARED") ?? Path.Combine(Root, "..", "shared");
        var path = which == "seed"
            ? Path.Combine(shared, "seeds", "000_509936021474eac1.txt")
            : Directory.EnumerateFiles(Path.Combine(Root, "systems", "sentineltranslate", "runbooks"), "*.md")
                .Order(StringComparer.Ordinal).First();
        Assert.SkipUnless(File.Exists(path), $"{path} is not there; set MIDWATCH_SHARED.");
        return new RunbookCompiler(EffectJudge.Default()).Compile(new RunbookSource(path, File.ReadAllText(path)));
    }

    private static async Task<Ranking> DiagnoseAsync(ClusterOnPaper cluster, string which)
    {
        var runbook = Compile(which);
        var procedure = runbook.Procedures[0];
        var labels = ImmutableSortedDictionary<string, string>.Empty;
        var seen = await InspectAsync(cluster, procedure);
        var evidence = new Evidence
        {
            RunbookPath = runbook.Path,
            RunbookText = runbook.Text,
            RunbookHash = runbook.Hash,
            ProcedureId = procedure.Id,
            AlertLabels = labels,
            TakenAt = ClusterOnPaper.Now,
            Observations = seen.Observations,
            Reads = seen.Reads,
            Graph = seen.Graph,
            CommandOutputs = [],
        };
        var ranking = Ranker.Rank(procedure, evidence, CauseCatalog.Default(), []);
        TestContext.Current.TestOutputHelper?.WriteLine(RankingJson.Write(ranking, evidence));
        return ranking;
    }

    private static async Task<InspectionResult> InspectAsync(ClusterOnPaper cluster, Procedure procedure)
    {
        await using var api = new ApiOverHttp(cluster.Answer);
        using var client = new KubernetesClient(
            new Kubeconfig { Path = "test", Context = "test", Server = api.Server, Namespace = "default" },
            TimeProvider.System);
        var inspector = new ClusterInspector(client, new ManualTimeProvider(ClusterOnPaper.Now));
        return await inspector.InspectAsync(
            InspectionScope.Of(procedure, ImmutableSortedDictionary<string, string>.Empty, "default"),
            TestContext.Current.CancellationToken);
    }
}
