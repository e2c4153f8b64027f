using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Midwatch.Systems.Tests.Running;

namespace Midwatch.Systems.Tests;

/// <summary>Every experiment of pyairtable, by its script: the steady state is back in time.</summary>
public sealed partial class RecoveryTests
{
    private static readonly string Folder =
        ReferenceSystems.Folder("pyairtable", "chaos-engineering", "experiments");

    [Fact]
    public async Task The_platform_recovers_from_every_experiment_in_the_expected_time()
    {
        Assert.SkipUnless(Repository.Long, "MIDWATCH_LONG is not 1.");
        Repository.Needs("kubectl", "prometheus", "redis-server", "psql");
        await using var system = await SystemUnderTest.UpAsync("pyairtable");
        var names = await system.KubectlAsync(
            "get", "cronjobs", "-n", "chaos-engineering", "-l", "app=chaos-experiment", "-o", "name");
        var output = TestContext.Current.TestOutputHelper!;
        foreach (var name in names.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('/')[1]))
        {
            var (status, said) = await RunAsync(system, "run-experiment.sh", name);
            Assert.True(status == 0, $"{name} ended with {status}:\n{said}");
            var took = Took().Match(said);
            Assert.True(took.Success, said);
            output.WriteLine($"| `{name}` | {took.Groups[1].Value} s | {took.Groups[2].Value} s |");
            Assert.InRange(double.Parse(took.Groups[1].Value, CultureInfo.InvariantCulture), 0.25, 300);
        }
    }

    [Fact]
    public async Task An_experiment_does_not_begin_when_all_is_not_well_and_the_health_check_says_what_is_not()
    {
        Assert.SkipUnless(Repository.Long, "MIDWATCH_LONG is not 1.");
        Repository.Needs("kubectl", "prometheus", "redis-server", "psql");
        await using var system = await SystemUnderTest.UpAsync("pyairtable");
        _ = await system.KubectlAsync("scale", "deployment/redis", "-n", "pyairtable", "--replicas=0");
        await SystemCalls.UntilAsync("Redis is gone", async () => !(await system.KubectlAsync(
            "get", "pods", "-n", "pyairtable", "-l", "app=auth-service")).Contains("1/1", StringComparison.Ordinal));
        var (status, said) = await RunAsync(system, "run-experiment.sh", "gateway-pod-kill");
        Assert.Equal(1, status);
        Assert.Contains("FAIL  Redis is Ready", said, StringComparison.Ordinal);
        Assert.Contains("Do not begin an experiment", said, StringComparison.Ordinal);

        // Around the script, the experiment itself looks as well.
        _ = await system.KubectlAsync(
            "create", "job", "--from=cronjob/gateway-pod-kill", "around", "-n", "chaos-engineering");
        _ = await system.KubectlAsync(
            "wait", "--for=condition=failed", "job/around", "-n", "chaos-engineering", "--timeout=60s");
        Assert.Contains("not in its steady state",
            await system.KubectlAsync("logs", "job/around", "-n", "chaos-engineering"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_emergency_stop_ends_an_experiment_that_runs_again_and_again()
    {
        Assert.SkipUnless(Repository.Long, "MIDWATCH_LONG is not 1.");
        Repository.Needs("kubectl", "prometheus", "redis-server", "psql");
        await using var system = await SystemUnderTest.UpAsync("pyairtable");
        var (injected, why) = await system.MidwatchAsync(
            "cluster", "fault", "inject", "experiment-runs-wild", "--system", "pyairtable");
        Assert.True(injected == 0, why);
        await SystemCalls.UntilAsync("an experiment runs", async () => (await JobsAsync(system)).Length > 0);
        var (status, said) = await RunAsync(system, Path.Combine("..", "safety", "emergency-stop.sh"));
        Assert.True(status == 0, said);
        Assert.Contains("3 of 3 services are healthy", said, StringComparison.Ordinal);
        Assert.Equal("true", await system.KubectlAsync("get", "cronjob", "gateway-outage", "-n", "chaos-engineering",
            "-o", "jsonpath={.spec.suspend}"));
        await SystemCalls.UntilAsync("no experiment is left", async () => (await JobsAsync(system)).Length == 0);
        var report = said[(said.LastIndexOf("report: ", StringComparison.Ordinal) + "report: ".Length)..].Trim();
        Assert.Contains("api-gateway", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        File.Delete(report);
    }

    private static async Task<string> JobsAsync(SystemUnderTest system) => (await system.KubectlAsync(
        "get", "jobs", "-n", "chaos-engineering", "-l", "app=chaos-experiment", "-o", "name")).Trim();

    private static async Task<(int Status, string Said)> RunAsync(
        SystemUnderTest system, string script, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Folder, script), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = system.Kubeconfig;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start.");
        var stop = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output + await error);
    }

    [GeneratedRegex(@"steady again after ([0-9.]+) s \(([0-9]+) s expected\)")]
    private static partial Regex Took();
}
