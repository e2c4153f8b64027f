using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary><c>midwatch cluster</c>: up, twice, env, status, apply, faults, down, and killed.</summary>
public sealed class ClusterTests
{
    private const StringComparison Exactly = StringComparison.Ordinal;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_second_cluster_of_the_same_directory_is_told_of_the_first()
    {
        await using var up = await UpAsync();
        var second = await DoesAsync(up, 3, "up");
        Assert.Contains("already runs", second, Exactly);
        Assert.Contains("cluster down", second, Exactly);
        Assert.Contains("process ", await DoesAsync(up, 0, "status"), Exactly);
        Assert.Contains($"export KUBECONFIG='{up.DataDirectory}/", await DoesAsync(up, 0, "env"), Exactly);
        await DoesAsync(up, 0, "down");
        Assert.Equal(0, await up.ExitsAsync(EndLimit));
        Assert.Contains("no cluster runs", await DoesAsync(up, 1, "status"), Exactly);
    }

    [Theory]
    [InlineData("KILL")]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task Nothing_is_left_of_a_cluster_that_ends(string signal)
    {
        await using var up = await UpAsync();
        await ApplyAsync(up, KubectlManifests.Shop);

        // The cluster, its watchdog, and a container at least.
        await UntilAsync(() => LeftBehind.By(up.DataDirectory).Any(line =>
            line.Contains("sleep 3600", Exactly)));
        up.Signal(signal);
        await up.ExitsAsync(EndLimit);
        Assert.Empty(await LeftBehind.AfterAsync(up.DataDirectory, EndLimit));
    }

    [Fact]
    public async Task Whoever_changes_something_is_written_down_and_who_only_looks_is_not()
    {
        var file = Path.Combine(Path.GetTempPath(), $"midwatch-audit-{Guid.CreateVersion7():N}.jsonl");
        try
        {
            await using var up = MidwatchRun.Start(["cluster", "up", "--foreground", "--audit", file]);
            await up.SeesAsync("export KUBECONFIG=", Limit);
            var kubeconfig = Path.Combine(up.DataDirectory, "cluster", "kubeconfig");
            var kubectl = await StockKubectl.OfAsync("1.33", kubeconfig);
            await kubectl.DoesAsync("get", "pods", "-A");
            await kubectl.DoesAsync("create", "namespace", "written-down");
            await DoesAsync(up, 0, "down");
            var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            var entries = lines.Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
            Assert.All(entries, entry => Assert.NotEqual("GET", (string?)entry["verb"]));
            var made = entries.Single(entry => (string?)entry["verb"] == "POST"
                && ((string?)entry["path"])!.StartsWith("/api/v1/namespaces?", Exactly));
            Assert.Equal(("admin", 201), ((string?)made["user"], (int?)made["code"]));
            Assert.StartsWith("kubectl", (string?)made["agent"], Exactly);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_cluster_in_the_background_outlives_the_command_and_ends_with_down()
    {
        await using var up = MidwatchRun.Start(["cluster", "up"]);
        Assert.Equal(0, await up.ExitsAsync(Limit));
        try
        {
            // up          process 1234
            var process = (await DoesAsync(up, 0, "status")).Split('\n')[0].Split(' ')[^1];
            using var cluster = Process.GetProcessById(int.Parse(process, CultureInfo.InvariantCulture));
            await DoesAsync(up, 0, "down");
            Assert.Empty(await LeftBehind.AfterAsync(up.DataDirectory, EndLimit));
        }
        finally
        {
            await RunAsync(up, "down");
        }
    }

    [Fact]
    public async Task What_is_applied_twice_is_unchanged_and_a_mistake_is_told_with_its_line()
    {
        await using var up = await UpAsync();
        Assert.Contains("deployment.apps/web created", await ApplyAsync(up, KubectlManifests.Shop), Exactly);
        Assert.DoesNotContain("configured", await ApplyAsync(up, KubectlManifests.Shop), Exactly);

        var wrong = Path.Combine(up.DataDirectory, "wrong.yaml");
        await File.WriteAllTextAsync(wrong, "apiVersion: v1\nkind: [\n", TestContext.Current.CancellationToken);
        Assert.Contains("wrong.yaml:", await DoesAsync(up, 1, "apply", wrong), Exactly);
        Assert.Contains("no such file", await DoesAsync(up, 2, "apply", "/no/such"), Exactly);
        Assert.Contains("--system", await DoesAsync(up, 2, "apply"), Exactly);
        Assert.Contains(
            "there is no fault 'nosuch'", await DoesAsync(up, 2, "fault", "inject", "nosuch"), Exactly);
    }

    [Theory]
    [InlineData("/dev/null/here")]
    [InlineData("/sys/kernel")]
    public async Task A_directory_that_cannot_be_written_is_named_with_the_remedy(string directory)
    {
        await using var up = MidwatchRun.Start(
            ["cluster", "up"], new Dictionary<string, string?> { ["MIDWATCH_DATA"] = directory });
        Assert.Equal(3, await up.ExitsAsync(Limit));
        Assert.Contains(directory, up.Output, Exactly);
        Assert.Contains("--data", up.Output, Exactly);
        Assert.DoesNotContain("   at ", up.Output, Exactly);
    }

    private static async Task<MidwatchRun> UpAsync()
    {
        var up = MidwatchRun.Start(["cluster", "up", "--foreground"]);
        await up.SeesAsync("export KUBECONFIG=", Limit);
        return up;
    }

    private static async Task<string> ApplyAsync(MidwatchRun up, string manifest)
    {
        var path = Path.Combine(up.DataDirectory, "shop.yaml");
        await File.WriteAllTextAsync(path, manifest, TestContext.Current.CancellationToken);
        return await DoesAsync(up, 0, "apply", path);
    }

    private static async Task<string> DoesAsync(MidwatchRun up, int code, params string[] arguments)
    {
        var (status, output) = await RunAsync(up, arguments);
        Assert.True(
            status == code,
            $"midwatch cluster {string.Join(' ', arguments)} ended with {status}, not {code}:\n{output}");
        return output;
    }

    private static async Task<(int Status, string Output)> RunAsync(MidwatchRun up, params string[] arguments)
    {
        await using var run = MidwatchRun.Start(
            ["cluster", .. arguments], new Dictionary<string, string?> { ["MIDWATCH_DATA"] = up.DataDirectory });
        return (await run.ExitsAsync(Limit), run.Output);
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        for (var looks = 0; looks < 400 && !holds(); looks++)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.True(holds(), "It did not come true within 20 s.");
    }
}
