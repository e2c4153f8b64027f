using System.Text.Json;
using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary>
/// <c>midwatch diagnose</c> and <c>midwatch run</c> with the built binary, on a cluster with a broken Deployment.
/// </summary>
public sealed class ByHandTests(BrokenCluster cluster) : IDisposable
{
    // A pull that is tried again shows the one word, between two tries it is the other.
    private const string CannotPull = "ErrImagePull|ImagePullBackOff";

    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-by-hand-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_diagnosis_finds_the_scenario_and_its_evidence_can_be_ranked_again()
    {
        await cluster.NeedAsync();
        var evidence = Path.Combine(_folder, "evidence.json");
        var first = await cluster.RunAsync(0, "diagnose", cluster.Runbook, "--save", evidence, "--format", "json");
        using var ranking = JsonDocument.Parse(first);
        var decision = ranking.RootElement.GetProperty("decision");
        Assert.Equal("act", decision.GetProperty("kind").GetString());
        Assert.Equal("scenario-2", decision.GetProperty("scenario").GetString());
        Assert.Equal("web-is-down", ranking.RootElement.GetProperty("procedure").GetString());
        Assert.Equal(first, await cluster.RunAsync(0, "diagnose", "--from", evidence, "--format", "json"));
        var told = await cluster.RunAsync(0, "diagnose", "--from", evidence, "--runbook", cluster.Runbook);
        Assert.Contains("→ Scenario 2: Image Pull Error", told, StringComparison.Ordinal);
        Assert.Matches(CannotPull, await cluster.PodsAsync());
    }

    [Fact]
    public async Task Evidence_that_is_none_is_told()
    {
        var path = Path.Combine(_folder, "none.json");
        await File.WriteAllTextAsync(path, "{}", TestContext.Current.CancellationToken);
        Assert.Contains("none.json", await cluster.RunAsync(2, "diagnose", "--from", path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_procedures_one_has_to_be_named()
    {
        var path = Path.Combine(_folder, "two.md");
        await File.WriteAllTextAsync(
            path,
            "# Runbooks\n\n## Alert: ApiDown\n\n### Diagnosis\n\n```bash\nkubectl get pods -n api\n```\n\n"
            + "## Alert: DbDown\n\n### Diagnosis\n\n```bash\nkubectl get pods -n db\n```\n",
            TestContext.Current.CancellationToken);
        var listed = await cluster.RunAsync(2, "diagnose", path);
        Assert.Contains("--procedure", listed, StringComparison.Ordinal);
        Assert.Contains("ApiDown", listed, StringComparison.Ordinal);
        Assert.Contains("DbDown", listed, StringComparison.Ordinal);
        Assert.Contains("no-such", await cluster.RunAsync(2, "diagnose", path, "--procedure", "no-such"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_shows_every_scenario_and_runs_nothing()
    {
        await cluster.NeedAsync();
        var shown = await cluster.RunAsync(0, "run", cluster.Runbook, "--dry-run");
        Assert.Contains("change, disrupts", shown, StringComparison.Ordinal);
        Assert.Contains("kubectl rollout undo deployment/web -n web", shown, StringComparison.Ordinal);
        Assert.Matches(CannotPull, await cluster.PodsAsync());
    }

    [Fact]
    public async Task The_diagnose_phase_prints_what_its_commands_say()
    {
        await cluster.NeedAsync();
        var said = await cluster.RunAsync(0, "run", cluster.Runbook, "--phase", "diagnose");
        Assert.Matches(CannotPull, said);
        Assert.Contains("StrategyType:", said, StringComparison.Ordinal);
        Assert.Contains("2 of 2 commands ran well.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_approval_a_run_changes_nothing()
    {
        await cluster.NeedAsync();
        var told = await cluster.RunAsync(1, "run", cluster.Runbook);
        Assert.Contains("NOT HEALED", told, StringComparison.Ordinal);
        Assert.DoesNotContain("▶", told, StringComparison.Ordinal);
        Assert.Contains("post-mortem", told, StringComparison.Ordinal);
        Assert.Matches(CannotPull, await cluster.PodsAsync());
    }
}
