using System.Diagnostics;
using Midwatch.EndToEnd.Tests.Running;

[assembly: AssemblyFixture(typeof(BrokenCluster))]

namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>
/// A local cluster of the built binary with one Deployment, rolled out to a tag that no image has. Started when first
/// asked for.
/// </summary>
public sealed class BrokenCluster : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private readonly string _folder = Directory.CreateTempSubdirectory("midwatch-broken-").FullName;
    private readonly SemaphoreSlim _starting = new(1);
    private bool _started;

    internal string Runbook => Path.Combine(_folder, "web.md");

    internal string Kubeconfig => Path.Combine(_folder, "data", "cluster", "kubeconfig");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await RunAsync(0, "cluster", "down");
        }

        _starting.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs the binary on the cluster and waits for its end.</summary>
    internal async Task<string> RunAsync(int exitCode, params string[] arguments)
    {
        await using var run = MidwatchRun.Start(arguments, new Dictionary<string, string?>
        {
            ["MIDWATCH_DATA"] = Path.Combine(_folder, "data"),
            ["KUBECONFIG"] = Kubeconfig,
        });
        var code = await run.ExitsAsync(Limit);
        Assert.True(code == exitCode, $"{string.Join(' ', arguments)}: exit {code}, expected {exitCode}\n{run.Output}");
        Assert.DoesNotContain("   at ", run.Output, StringComparison.Ordinal);
        return run.Output;
    }

    /// <summary>Has the cluster up and its Deployment broken.</summary>
    internal async Task NeedAsync()
    {
        Repository.Needs("kubectl");
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (!_started)
            {
                _started = true;
                WebRunbook.Write(Runbook);
                await RunAsync(0, "cluster", "up");
                await RollOutAsync("1.36", "Running");
                await RollOutAsync("no-such-tag", "ImagePullBackOff");
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>What the pods are like, as kubectl shows them.</summary>
    internal async Task<string> PodsAsync()
    {
        using var kubectl = new Process
        {
            StartInfo = new ProcessStartInfo("kubectl",
                ["get", "pods", "--namespace", "web"]) { RedirectStandardOutput = true },
        };
        kubectl.StartInfo.Environment["KUBECONFIG"] = Kubeconfig;
        kubectl.Start();
        var said = await kubectl.StandardOutput.ReadToEndAsync();
        await kubectl.WaitForExitAsync();
        return said;
    }

    private async Task RollOutAsync(string tag, string state)
    {
        var manifest = Path.Combine(_folder, "web.yaml");
        await File.WriteAllTextAsync(manifest, WebRunbook.Manifest(tag));
        await RunAsync(0, "cluster", "apply", manifest);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        var began = TimeProvider.System.GetTimestamp();
        for (var pods = await PodsAsync(); !pods.Contains(state, StringComparison.Ordinal); pods = await PodsAsync())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, $"no pod became {state}:\n{pods}");
            await timer.WaitForNextTickAsync();
        }
    }
}
