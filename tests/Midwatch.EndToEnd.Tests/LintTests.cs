using System.Diagnostics;
using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary><c>midwatch lint</c> with the built binary: what only a process of its own has.</summary>
public sealed class LintTests
{
    private const string Runbook =
        "# Cart\n\n```bash\nkubectl logs -l app=cart -n shop\n```\n\n```promql\nsum(rate(a{[5m]))\n```\n";

    [Fact]
    public async Task The_standard_input_is_linted_under_the_name_that_is_given()
    {
        var (status, output, _) = await RunAsync(Runbook, [], "lint", "-", "--stdin-name", "docs/cart.md");

        Assert.Contains("docs/cart.md:4:1: warning MW2019", output, StringComparison.Ordinal);
        Assert.Contains("    4 | kubectl logs -l app=cart -n shop", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', output);
        Assert.Equal(output.Contains(" error ", StringComparison.Ordinal) ? 1 : 0, status);
    }

    [Fact]
    public async Task Without_promtool_a_hint_says_that_the_queries_were_not_checked()
    {
        // The system's folders are searched whatever PATH says.
        Assert.SkipWhen(HasPromtool(), "promtool is installed.");
        var (status, output, error) = await RunAsync(
            Runbook, new Dictionary<string, string> { ["PATH"] = "/nonexistent" }, "lint", "-");

        Assert.Equal(0, status);
        Assert.DoesNotContain("MW6008", output, StringComparison.Ordinal);
        Assert.Contains("there is no promtool on PATH", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Promtool_is_found_where_the_system_keeps_it_whatever_PATH_says()
    {
        Assert.SkipUnless(HasPromtool(), "promtool is not installed (apt-get install prometheus).");
        var (status, output, _) = await RunAsync(
            Runbook, new Dictionary<string, string> { ["PATH"] = "/nonexistent" }, "lint", "-");

        Assert.Equal(1, status);
        Assert.Contains("stdin.md:8:1: error MW6008", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_codes_are_listed_and_wrong_use_is_told()
    {
        var (well, codes, _) = await RunAsync("", [], "lint", "--codes");
        var (bad, _, error) = await RunAsync("", [], "lint", "a.md", "--kubeconfig", "x");

        Assert.Equal(0, well);
        Assert.Contains("MW2019 W  ten-lines-of-log", codes, StringComparison.Ordinal);
        Assert.Contains("MW2060 N- hole-unexplained", codes, StringComparison.Ordinal);
        Assert.Equal(2, bad);
        Assert.Contains("--kubeconfig goes with --cluster.", error, StringComparison.Ordinal);
    }

    private static bool HasPromtool() => File.Exists("/usr/bin/promtool") || File.Exists("/usr/local/bin/promtool");

    private static async Task<(int Status, string Output, string Error)> RunAsync(
        string input, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Repository.Binary, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["MIDWATCH_HOME"] = Repository.Root;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("It did not start.");
        var cancellationToken = TestContext.Current.CancellationToken;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
