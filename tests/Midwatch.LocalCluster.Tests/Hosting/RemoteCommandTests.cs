using System.Diagnostics;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Tests.Api;

namespace Midwatch.LocalCluster.Tests.Hosting;

/// <summary>exec, attach and cp of stock kubectl: up to 1.29 over SPDY/3.1, later over WebSockets.</summary>
public sealed class RemoteCommandTests(LiveCluster live)
{
    private const string Talker =
        """
        apiVersion: v1
        kind: Namespace
        metadata: {name: "${NS}"}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: talker, namespace: "${NS}", labels: {app: talker} }
        spec:
          restartPolicy: Never
          containers:
          - name: main
            image: test/app:good
            stdin: true
            stdinOnce: true
            command: [sh, -c, 'while read -r line; do echo "heard $line"; done; echo bye']
            env: [{name: COLOUR, value: green}]
        """;

    public static TheoryData<string> Versions => ["1.20", "1.29", "1.32", "1.35"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Versions))]
    public async Task Exec_carries_output_errors_input_and_the_exit_code(string version)
    {
        var ns = await PodAsync("exec", version);

        Assert.Equal(
            (0, "green\n", ""), await RunAsync(version, ns, "", "exec", "talker", "--", "sh", "-c", "echo $COLOUR"));
        Assert.Equal(
            (7, "out\n", "err\ncommand terminated with exit code 7\n"),
            await RunAsync(version, ns, "", "exec", "talker", "--", "sh", "-c", "echo out; echo err >&2; exit 7"));
        Assert.Equal(
            (0, "3\n", ""), await RunAsync(version, ns, "a\nb\nc\n", "exec", "-i", "talker", "--", "wc", "-l"));
        var (code, _, error) = await RunAsync(version, ns, "", "exec", "talker", "--", "no-such-program");
        Assert.NotEqual(0, code);
        Assert.Contains("executable file not found in $PATH", error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Exec_carries_much_both_ways_without_loss(string version)
    {
        var ns = await PodAsync("bulk", version);
        var input = string.Concat(Enumerable.Range(0, 300_000).Select(number => $"{number:d8}\n"));

        var (code, output, error) = await RunAsync(version, ns, input, "exec", "-i", "talker", "--", "cat");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(input.Length, output.Length);
        Assert.Equal(input, output);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Cp_takes_a_file_there_and_back(string version)
    {
        var ns = await PodAsync("cp", version);
        var folder = Directory.CreateTempSubdirectory("midwatch-cp-").FullName;
        var file = Path.Combine(folder, "there");
        var back = Path.Combine(folder, "back");
        // A container has a /tmp of its own where the machine allows it, and shares the machine's otherwise.
        var away = "/tmp/" + Path.GetFileName(folder) + ".in-pod";
        await File.WriteAllTextAsync(file, string.Concat(Enumerable.Repeat("0123456789abcdef\n", 50_000)), Stop);

        Assert.Equal(0, (await RunAsync(version, ns, "", "cp", file, $"talker:{away}")).Code);
        Assert.Equal(0, (await RunAsync(version, ns, "", "cp", $"talker:{away}", back)).Code);

        Assert.Equal(await File.ReadAllBytesAsync(file, Stop), await File.ReadAllBytesAsync(back, Stop));
        Directory.Delete(folder, recursive: true);
        File.Delete(away);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Attach_sends_input_to_the_container_and_shows_what_it_says(string version)
    {
        var ns = await PodAsync("attach", version);

        var (code, output, _) = await RunAsync(version, ns, "one\ntwo\n", "attach", "-i", "talker");

        Assert.Contains("heard one\nheard two\nbye\n", output, StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Exec_with_a_terminal_has_the_size_of_the_caller_s(string version)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script (bsdutils) is not installed");
        var ns = await PodAsync("tty", version);
        var kubectl = $"stty rows 33 cols 99; {KubectlPrograms.Find(version)} -n {ns} exec -it talker -- "
            + "sh -c 'sleep 0.3; stty size; test -t 0 && test -t 2 && tty; exit 3'";

        var (code, output, _) = await StartAsync("/usr/bin/script", "", "-qec", kubectl, "/dev/null");

        Assert.Equal(3, code);
        Assert.Contains("33 99", output, StringComparison.Ordinal);
        Assert.Contains("/dev/pts/", output, StringComparison.Ordinal);
    }

    private async Task<string> PodAsync(string purpose, string version)
    {
        _ = KubectlPrograms.Find(version) ?? Skip(version);
        var ns = $"{purpose}-{version.Replace('.', '-')}";
        await live.ApplyAsync(Talker, ns);
        _ = await live.UntilAsync(
            PodPath.Collection(ns, "app=talker"), pods => pods.Count == 1 && !WorkloadState.NoneIsReady(pods));
        return ns;
    }

    private static string Skip(string version)
    {
        Assert.Skip($"kubectl {version} is not here (eng/prepare --tests).");
        return "";
    }

    private Task<(int Code, string Output, string Error)> RunAsync(
        string version, string ns, string input, params string[] arguments) =>
        StartAsync(KubectlPrograms.Find(version)!, input, ["-n", ns, .. arguments]);

    private async Task<(int Code, string Output, string Error)> StartAsync(
        string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = live.Cluster.KubeconfigPath;
        start.Environment["HOME"] = live.DataDirectory;
        using var kubectl = Process.Start(start)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var output = kubectl.StandardOutput.ReadToEndAsync(Stop);
        var error = kubectl.StandardError.ReadToEndAsync(Stop);
        try
        {
            await kubectl.StandardInput.WriteAsync(input.AsMemory(), limit.Token);
            kubectl.StandardInput.Close();
            await kubectl.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            kubectl.Kill();
        }

        await kubectl.WaitForExitAsync(Stop);
        return (kubectl.ExitCode, await output, await error);
    }
}
