using System.Diagnostics;

namespace Midwatch.Systems.Tests.Running;

/// <summary>One run of the stock kubectl on PATH against a system's cluster.</summary>
internal sealed class Kubectl : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly string _words;

    private Kubectl(Process process, string words) => (_process, _words) = (process, words);

    internal static Kubectl Start(SystemUnderTest system, params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBECONFIG"] = system.Kubeconfig;
        // Its discovery cache goes beside the kubeconfig, and with it.
        start.Environment["HOME"] = Path.GetDirectoryName(system.Kubeconfig);
        var process = Process.Start(start) ?? throw new InvalidOperationException("kubectl did not start.");
        process.StandardInput.Close();
        return new Kubectl(process, string.Join(' ', arguments));
    }

    /// <summary>Waits for the first line that it prints; empty when it ends without one.</summary>
    internal async Task<string> LineAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        return await _process.StandardOutput.ReadLineAsync(limit.Token)
            ?? await _process.StandardError.ReadToEndAsync(limit.Token);
    }

    /// <summary>Waits for its end; fails the test when it hangs.</summary>
    internal async Task<(int Code, string Output)> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        var output = _process.StandardOutput.ReadToEndAsync(limit.Token);
        var error = _process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"kubectl {_words} hangs.");
        }

        return (_process.ExitCode, await output + await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
