using System.Text;
using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary>
/// The whole story with the built binary: fault, alert, diagnosis, scenario, fix, proof, post-mortem.
/// </summary>
public sealed class DemoTests
{
    private const string Seed = "000_509936021474eac1.txt";
    private const string RegistryPassword = "Vf2-quiet-harbour-81";
    private static readonly string[] OwnFolders = ["demo", "work"];
    private static readonly TimeSpan DemoLimit = TimeSpan.FromMinutes(4);

    [Fact]
    public Task A_bad_rollout_is_undone_by_our_runbook() =>
        IsHealedAsync("bad-rollout", null, "Scenario 1", "kubectl rollout undo");

    [Fact]
    public Task A_bad_rollout_is_undone_by_the_seed() =>
        IsHealedAsync("bad-rollout", Repository.Seed(Seed), "Scenario 1: Pods CrashLooping (Application Error)",
            "kubectl rollout undo");

    [Fact]
    public async Task A_Redis_that_does_not_answer_is_restarted_by_our_runbook()
    {
        SkipUnlessLong();
        var output = await IsHealedAsync("redis-down", null, "Scenario 2", "kubectl rollout restart statefulset/");
        Assert.Contains("left out", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Redis_that_does_not_answer_is_restarted_by_the_seed()
    {
        SkipUnlessLong();
        var output = await IsHealedAsync(
            "redis-down", Repository.Seed(Seed), "Scenario 2: Redis/Triton Unavailable",
            "kubectl rollout restart statefulset/");
        Assert.Contains("left out", output, StringComparison.Ordinal);
    }

    [Fact]
    public Task A_lost_pull_secret_is_restored_by_our_runbook()
    {
        SkipUnlessLong();
        return IsHealedAsync("pull-secret", null, "Scenario 4", "kubectl create secret docker-registry");
    }

    [Fact]
    public async Task A_lost_pull_secret_is_named_by_the_seed_and_its_block_refused_before_anything_runs()
    {
        SkipUnlessLong();
        var output = await IsNotHealedAsync("pull-secret", Repository.Seed(Seed), "Scenario 4: Image Pull Error");
        Assert.Contains("<account-id>", output, StringComparison.Ordinal);
        Assert.Contains("stdin", output, StringComparison.Ordinal);
        Assert.Contains("aws", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_tag_is_named_and_nothing_is_done_with_our_runbook()
    {
        SkipUnlessLong();
        var output = await IsNotHealedAsync("bad-tag", null, "Scenario 4");
        Assert.Contains("would not help, because", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_tag_is_named_and_nothing_is_done_with_the_seed()
    {
        SkipUnlessLong();
        var output = await IsNotHealedAsync("bad-tag", Repository.Seed(Seed), "Scenario 4: Image Pull Error");
        Assert.Contains("would not help, because", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_approval_nothing_is_done()
    {
        SkipUnlessLong();
        Repository.Needs("redis-server", "prometheus", "curl");
        await using var run = MidwatchRun.Start(["demo"]);
        Assert.Equal(1, await run.ExitsAsync(DemoLimit));
        Assert.DoesNotContain("▶", run.Output, StringComparison.Ordinal);
        Assert.Contains("NOT HEALED", run.Output, StringComparison.Ordinal);
    }

    private static void SkipUnlessLong() =>
        Assert.SkipUnless(Repository.Long, "A long test: ./test --long runs it.");

    private static async Task<string> IsHealedAsync(string fault, string? runbook, string scenario, string action)
    {
        await using var run = Start(fault, runbook);
        Assert.True(await run.ExitsAsync(DemoLimit) == 0, run.Output);
        Assert.Contains("RECOVERED", run.Output, StringComparison.Ordinal);
        var postmortem = Postmortem(run);
        Assert.Contains(scenario, postmortem, StringComparison.Ordinal);
        Assert.Contains(action, postmortem, StringComparison.Ordinal);
        Assert.Empty(Leaks(run));
        await LeavesNothingAsync(run);
        return run.Output;
    }

    private static async Task<string> IsNotHealedAsync(string fault, string? runbook, string scenario)
    {
        await using var run = Start(fault, runbook);
        Assert.True(await run.ExitsAsync(DemoLimit) == 1, run.Output);
        Assert.Contains("NOT HEALED", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("RECOVERED", run.Output, StringComparison.Ordinal);
        Assert.Contains(scenario, Postmortem(run), StringComparison.Ordinal);
        await LeavesNothingAsync(run);
        return run.Output;
    }

    private static MidwatchRun Start(string fault, string? runbook)
    {
        Repository.Needs("redis-server", "prometheus", "curl");
        string[] arguments = ["demo", "--yes", "--fault", fault];
        return MidwatchRun.Start(runbook is null ? arguments : [.. arguments, "--runbook", runbook]);
    }

    private static string Postmortem(MidwatchRun run)
    {
        var path = Directory.EnumerateFiles(run.DataDirectory, "*.md", SearchOption.AllDirectories)
            .Single(file => file.Contains("mortem", StringComparison.OrdinalIgnoreCase));
        return File.ReadAllText(path);
    }

    // Everything that Midwatch itself has written; what the cluster keeps of its own objects lies beside it.
    private static IEnumerable<string> Leaks(MidwatchRun run)
    {
        string[] forms = [RegistryPassword, Convert.ToBase64String(Encoding.UTF8.GetBytes(RegistryPassword))];
        return OwnFolders.Select(folder => Path.Combine(run.DataDirectory, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => forms.Any(form => File.ReadAllText(file).Contains(form, StringComparison.Ordinal)))
            .Concat(forms.Where(form => run.Output.Contains(form, StringComparison.Ordinal)));
    }

    private static async Task LeavesNothingAsync(MidwatchRun run) =>
        Assert.Empty(await LeftBehind.AfterAsync(run.DataDirectory, TimeSpan.FromSeconds(2)));
}
