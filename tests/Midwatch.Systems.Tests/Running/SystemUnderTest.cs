namespace Midwatch.Systems.Tests.Running;

/// <summary>A local cluster of its own, and on it one reference system, brought up by the built binary.</summary>
internal sealed class SystemUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan ClusterLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UpLimit = TimeSpan.FromSeconds(150);
    private readonly MidwatchRun _cluster;

    private SystemUnderTest(MidwatchRun cluster) => _cluster = cluster;

    internal string Kubeconfig => Path.Combine(_cluster.DataDirectory, "cluster", "kubeconfig");

    internal string DataDirectory => _cluster.DataDirectory;

    /// <summary>Starts a cluster without any system.</summary>
    internal static async Task<SystemUnderTest> EmptyAsync()
    {
        var cluster = MidwatchRun.Start(["cluster", "up", "--foreground"]);
        await cluster.SeesAsync("export KUBECONFIG=", ClusterLimit);
        return new SystemUnderTest(cluster);
    }

    /// <summary>Starts a cluster and brings the system up; fails with what the verb said when it does not.</summary>
    internal static async Task<SystemUnderTest> UpAsync(string name)
    {
        var system = await EmptyAsync();
        var (status, output) = await system.MidwatchAsync("systems", "up", name, "--wait");
        if (status != 0)
        {
            await system.DisposeAsync();
            Assert.Fail($"systems up {name} --wait ended with {status}:\n{output}");
        }

        return system;
    }

    /// <summary>Waits until every running pod was measured: the first figures are there after two passes.</summary>
    internal async Task MeasuredAsync()
    {
        for (var look = 0; look < 40; look++)
        {
            var (status, measured) = await KubectlAsync("top", "pods", "-A", "--no-headers");
            var (_, running) = await KubectlAsync(
                "get", "pods", "-A", "--no-headers", "--field-selector=status.phase=Running");
            if (status == 0 && measured.Count('\n') >= running.Count('\n'))
            {
                return;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    private async Task<(int Code, string Output)> KubectlAsync(params string[] arguments)
    {
        await using var kubectl = Kubectl.Start(this, arguments);
        return await kubectl.EndAsync();
    }

    /// <summary>Runs a midwatch verb on this cluster, to its end.</summary>
    internal async Task<(int Status, string Output)> MidwatchAsync(params string[] arguments)
    {
        await using var run = MidwatchRun.Start([.. arguments, "--data", DataDirectory]);
        var status = await run.ExitsAsync(UpLimit);
        return (status, run.Output);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _cluster.Signal("TERM");
        await _cluster.ExitsAsync(ClusterLimit);
        await _cluster.DisposeAsync();
    }
}
