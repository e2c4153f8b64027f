namespace Midwatch.EndToEnd.Tests.Running;

/// <summary>One <c>midwatch cluster up --foreground</c> for all tests of a class.</summary>
public sealed class ClusterUnderTest : IAsyncLifetime
{
    private static readonly TimeSpan UpLimit = TimeSpan.FromSeconds(30);
    private MidwatchRun? _run;

    internal string Kubeconfig => Path.Combine(Run.DataDirectory, "cluster", "kubeconfig");

    private MidwatchRun Run => _run ?? throw new InvalidOperationException("The cluster was not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _run = MidwatchRun.Start(["cluster", "up", "--foreground"]);
        await _run.SeesAsync("export KUBECONFIG=", UpLimit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_run is not null)
        {
            _run.Signal("TERM");
            await _run.ExitsAsync(UpLimit);
            await _run.DisposeAsync();
        }
    }
}
