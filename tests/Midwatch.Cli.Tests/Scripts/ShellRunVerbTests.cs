using System.Text;
using System.Text.Json;
using Midwatch.Cli.Scripts;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Tests.Scripts;

public sealed class ShellRunVerbTests
{
    [Theory]
    [InlineData("echo a; rm -rf x; echo b", "SH2004")]
    [InlineData("echo a; if", "SH1004")]
    [InlineData("echo a; echo b > file", "SH3003")]
    [InlineData("echo a; echo $NOBODY_SETS_THIS", "SH2001")]
    [InlineData("echo a; no_such_program", "SH2003")]
    [InlineData("echo a; trap 'kubectl delete pod x' EXIT", "SH2004")]
    public async Task What_is_refused_runs_nothing_and_has_a_status_of_its_own(string script, string code)
    {
        var report = await RunAsync(new ShellRunRequest { File = "-", Json = true }, script,
            ShellRunVerb.RefusedStatus);
        Assert.Equal("refused", report.GetProperty("outcome").GetString());
        Assert.Equal(code, report.GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Equal("", report.GetProperty("output").GetProperty("head").GetString());
    }

    [Fact]
    public async Task What_only_running_can_tell_stops_the_script_there()
    {
        var report = await RunAsync(
            new ShellRunRequest { File = "-", Json = true },
            "v=$(echo delete); echo a; kubectl $v pod x; echo b",
            ShellRunVerb.StoppedStatus);
        Assert.Equal("a\n", report.GetProperty("output").GetProperty("head").GetString());
        Assert.Equal("SH2004", report.GetProperty("reasons")[0].GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("exit 7", 7)]
    [InlineData("false", 1)]
    [InlineData("set -o pipefail; yes | head -n 1 > /dev/null", 141)]
    public async Task The_status_is_the_scripts_own(string script, int status) =>
        await RunAsync(new ShellRunRequest { File = "-", Json = true }, script, status);

    [Fact]
    public async Task Values_are_data()
    {
        const string Hostile = "a  b; echo hacked $(echo hacked) `echo hacked` *";
        var request = new ShellRunRequest
        {
            File = "-", Json = true, Runbook = true, Values = [$"pod-name={Hostile}", $"NS={Hostile}"],
                Arguments = ["x y"],
        };
        var report = await RunAsync(request, "printf '<%s>' <pod-name> $NS \"$NS\" \"$1\"", 0);
        Assert.Equal(
            $"<{Hostile}><{Hostile}><{Hostile}><x y>", report.GetProperty("output").GetProperty("head").GetString());
    }

    [Fact]
    public async Task When_the_time_is_up_everything_ends()
    {
        var request = new ShellRunRequest { File = "-", Json = true, TimeLimit = TimeSpan.FromSeconds(1) };
        var report = await RunAsync(request, "echo a; yes > /dev/null & sleep 100", ShellRunVerb.StoppedStatus);
        Assert.Equal("SH3010", report.GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Equal("a\n", report.GetProperty("output").GetProperty("head").GetString());
    }

    [Fact]
    public async Task Of_an_endless_output_both_ends_are_kept_and_the_middle_counted()
    {
        var report = await RunAsync(new ShellRunRequest { File = "-", Json = true }, "seq 1 1000000", 0);
        var output = report.GetProperty("output");
        Assert.StartsWith("1\n2\n", output.GetProperty("head").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("1000000\n", output.GetProperty("tail").GetString(), StringComparison.Ordinal);
        Assert.Equal(6_888_896 - (2 * 1024 * 1024), output.GetProperty("droppedBytes").GetInt64());
    }

    [Fact]
    public async Task What_is_cancelled_ends_with_130()
    {
        var head = "";
        // A busy machine may not have begun when it is cancelled: then later.
        for (var wait = TimeSpan.FromMilliseconds(200); head.Length == 0 && wait < TimeSpan.FromMinutes(1); wait *= 2)
        {
            using var cancel = new CancellationTokenSource(wait);
            var report = await RunUntilAsync(
                new ShellRunRequest { File = "-", Json = true }, "echo a; sleep 100", ExitCodes.Interrupted,
                cancel.Token);
            Assert.Equal("cancelled", report.GetProperty("outcome").GetString());
            head = report.GetProperty("output").GetProperty("head").GetString() ?? "";
        }

        Assert.Equal("a\n", head);
    }

    [Fact]
    public async Task Effect_data_of_the_users_own_is_asked_too()
    {
        var folder = Directory.CreateTempSubdirectory("midwatch-effects-");
        try
        {
            var request = new ShellRunRequest { File = "-", Json = true, Effects = folder.FullName };
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "own.yaml"),
                "tools:\n  - tool: nproc\n    replaces: true\n    effect: destroy\n    why: It counts too loud.\n",
                TestContext.Current.CancellationToken);
            var report = await RunAsync(request, "nproc", ShellRunVerb.RefusedStatus);
            Assert.Contains(
                "too loud",
                report.GetProperty("reasons")[0].GetProperty("message").GetString(),
                StringComparison.Ordinal);
            await RunAsync(request with { Policy = "destroy" }, "nproc", 0);

            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "own.yaml"), "tools: 7\n", TestContext.Current.CancellationToken);
            using var error = new StringWriter();
            var screen = new Screen(TextWriter.Null, error, colour: false, interactive: false);
            var verb = new ShellRunVerb(screen, () => new MemoryStream("nproc"u8.ToArray()));
            Assert.Equal(ExitCodes.Usage, await verb.RunAsync(request, TestContext.Current.CancellationToken));
            Assert.Contains("own.yaml", error.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<JsonElement> RunAsync(ShellRunRequest request, string script, int status) =>
        RunUntilAsync(request, script, status, TestContext.Current.CancellationToken);

    private static async Task<JsonElement> RunUntilAsync(
        ShellRunRequest request, string script, int status, CancellationToken cancellationToken)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var screen = new Screen(output, error, colour: false, interactive: false);
        var verb = new ShellRunVerb(screen, () => new MemoryStream(Encoding.UTF8.GetBytes(script)));
        Assert.Equal(status, await verb.RunAsync(request, cancellationToken));
        Assert.Equal("", error.ToString());
        Assert.Empty(PublishedSchema.Faults("shell-run", output.ToString()));
        return JsonDocument.Parse(output.ToString()).RootElement;
    }
}
