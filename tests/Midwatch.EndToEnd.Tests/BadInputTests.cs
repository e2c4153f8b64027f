using System.Net;
using System.Net.Sockets;
using Midwatch.EndToEnd.Tests.Running;

namespace Midwatch.EndToEnd.Tests;

/// <summary>What is wrong is said with its remedy, in exit code 2 or 3, and never as a stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-bad-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("compile")]
    [InlineData("diagnose")]
    [InlineData("run")]
    public async Task A_runbook_that_is_not_there(string verb) =>
        await FailsAsync(2, "no-such.md", [verb, Path.Combine(_folder, "no-such.md")]);

    [Theory]
    [InlineData("'midwatch' has no command 'lnt'. Did you mean 'lint'?", "lnt", "x.md")]
    [InlineData("'midwatch cluster' has no command 'fualt'. Did you mean 'fault'?", "cluster", "fualt", "list")]
    [InlineData("'lint' has no option '--formt'. Did you mean '--format'?", "lint", "--formt", "json", "x.md")]
    [InlineData("'compile' has no option '--sumary'. Did you mean '--summary'?", "compile", "--sumary", ".")]
    [InlineData("'lint' has no option '--colour'. Did you mean '--color'?", "lint", "--colour=never", "x.md")]
    [InlineData("'midwatch' has no option '--verion'. Did you mean '--version'?", "--verion")]
    public async Task A_word_that_is_misspelt(string said, params string[] words) => await FailsAsync(2, said, words);

    [Fact]
    public async Task A_file_whose_name_looks_like_an_option() =>
        await FailsAsync(2, "no such", ["lint", "--", "--x.md"]);

    [Fact]
    public async Task A_demo_with_a_runbook_that_is_not_there() =>
        await FailsAsync(2, "no-such.md", ["demo", "--runbook", Path.Combine(_folder, "no-such.md")]);

    [Fact]
    public async Task A_runbook_without_commands()
    {
        var path = Write("prose.md", "# Only words\n\nCall somebody.\n");
        await FailsAsync(2, "prose.md", ["diagnose", path]);
        await FailsAsync(2, "prose.md", ["demo", "--runbook", path]);
    }

    [Fact]
    public async Task A_binary_file()
    {
        var path = Path.Combine(_folder, "binary.md");
        await File.WriteAllBytesAsync(path, [0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0xff, 0xfe],
            TestContext.Current.CancellationToken);
        await FailsAsync(2, "binary.md", ["compile", path]);
        await FailsAsync(2, "binary.md", ["diagnose", path]);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_not_there() =>
        await FailsAsync(3, "no-kubeconfig", ["diagnose", Runbook()],
            ("KUBECONFIG", Path.Combine(_folder, "no-kubeconfig")));

    [Fact]
    public async Task A_kubeconfig_that_is_none() =>
        await FailsAsync(3, "broken", ["diagnose", Runbook()], ("KUBECONFIG", Write("broken", "apiVersion: [\n")));

    [Fact]
    public async Task A_cluster_that_does_not_answer()
    {
        var config = Write("away", """
            apiVersion: v1
            kind: Config
            current-context: away
            clusters: [{name: away, cluster: {server: "https://127.0.0.1:9"}}]
            users: [{name: me, user: {token: x}}]
            contexts: [{name: away, context: {cluster: away, user: me}}]
            """);
        await FailsAsync(3, "127.0.0.1:9", ["diagnose", Runbook()], ("KUBECONFIG", config));
    }

    [Fact]
    public async Task A_port_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await FailsAsync(3, $"{port}", ["cluster", "up", "--foreground", "--port", $"{port}"]);
    }

    [Fact]
    public async Task A_fault_or_system_that_does_not_exist()
    {
        await FailsAsync(2, "bad-rollout", ["demo", "--fault", "no-such-fault"]);
        await FailsAsync(2, "no-such-system", ["demo", "--system", "no-such-system"]);
    }

    [Theory]
    [InlineData("--no-such-option")]
    [InlineData("no-such-verb")]
    public async Task A_command_line_that_is_wrong(string word) => await FailsAsync(2, word, [word]);

    private static async Task FailsAsync(
        int exitCode, string named, string[] arguments, params (string Name, string? Value)[] environment)
    {
        await using var run =
            MidwatchRun.Start(arguments, environment.ToDictionary(pair => pair.Name, pair => pair.Value));
        var code = await run.ExitsAsync(Limit);
        Assert.True(code == exitCode, $"exit {code}, expected {exitCode}\n{run.Output}");
        Assert.Contains(named, run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", run.Output, StringComparison.Ordinal);
    }

    private string Runbook() => Write("ok.md", """
        # Web is down

        **Alert**: `WebDown`

        ## Diagnosis

        ```bash
        kubectl get pods -n web
        ```
        """);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
