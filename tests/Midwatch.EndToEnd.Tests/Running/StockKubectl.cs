using System.Diagnostics;

namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>A kubectl of one minor version that somebody else built, pointed at a cluster under test.</summary>
internal sealed class StockKubectl(string program, string kubeconfig, string ns)
{
    private const string CloudSdk = "/usr/lib/google-cloud-sdk/bin";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>
    /// The kubectl of that version; the test is skipped by name where there is none. Looked for in
    /// <c>MIDWATCH_KUBECTL_120</c> and the like, as <c>kubectl</c> and <c>kubectl.1.20</c> on PATH, and in Google's
    /// SDK, which brings many.
    /// </summary>
    internal static async Task<StockKubectl> OfAsync(string version, string kubeconfig)
    {
        var digits = version.Replace(".", "", StringComparison.Ordinal);
        string?[] places =
        [
            Environment.GetEnvironmentVariable($"MIDWATCH_KUBECTL_{digits}"),
            Repository.OnPath($"kubectl.{version}"),
            Path.Combine(CloudSdk, $"kubectl.{version}"),
            Repository.OnPath("kubectl"),
        ];
        foreach (var place in places.OfType<string>().Where(File.Exists))
        {
            var kubectl = new StockKubectl(place, kubeconfig, $"k{digits}-{Guid.CreateVersion7().ToString()[^6..]}");
            if ((await kubectl.RunAsync("version", "--client")).All.Contains($"v{version}.", StringComparison.Ordinal))
            {
                return kubectl;
            }
        }

        Assert.Skip($"No kubectl {version} is here (MIDWATCH_KUBECTL_{digits}, PATH).");
        return null;
    }

    internal string Namespace { get; } = ns;

    /// <summary>Runs it to its end; fails the test unless it succeeds.</summary>
    /// <returns>What it printed.</returns>
    internal async Task<string> DoesAsync(params string[] arguments)
    {
        var (code, output, error) = await RunAsync(arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{output}{error}");
        return output;
    }

    /// <summary>Runs it with a document on standard input.</summary>
    internal async Task<string> TakesAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteAsync(input);
        var (code, output, error) = await EndAsync(process, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{output}{error}");
        return output;
    }

    /// <summary>Runs it; fails the test unless it is refused, soon, with these words.</summary>
    internal async Task IsRefusedAsync(string words, params string[] arguments)
    {
        var began = TimeProvider.System.GetTimestamp();
        var answer = await RunAsync(arguments);
        var took = TimeProvider.System.GetElapsedTime(began);
        Assert.True(answer.Code != 0 && answer.All.Contains(words, StringComparison.Ordinal),
            $"{program} {string.Join(' ', arguments)} ended with {answer.Code}, without '{words}':\n{answer.All}");
        Assert.True(took < TimeSpan.FromSeconds(10), $"kubectl {string.Join(' ', arguments)} took {took}.");
    }

    internal async Task<Answer> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await EndAsync(process, arguments);
    }

    /// <summary>Starts it and leaves it to the test to read and to end: for what follows or forwards.</summary>
    internal Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(program, ["-n", Namespace, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = kubeconfig;
        // Its discovery cache goes beside the kubeconfig, and with it.
        start.Environment["HOME"] = Path.GetDirectoryName(kubeconfig);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    private static async Task<Answer> EndAsync(Process process, string[] arguments)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var error = process.StandardError.ReadToEndAsync(Stop);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!Stop.IsCancellationRequested)
        {
            process.Kill();
            Assert.Fail($"kubectl {string.Join(' ', arguments)} hangs:\n{await output}{await error}");
        }

        return new Answer(process.ExitCode, await output, await error);
    }

    internal sealed record Answer(int Code, string Output, string Error)
    {
        internal string All => Output + Error;
    }
}
