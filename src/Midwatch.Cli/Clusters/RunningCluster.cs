using System.Globalization;
using Midwatch.Cli.Places;
using Midwatch.Cli.Terminal;
using Midwatch.LocalCluster;

namespace Midwatch.Cli.Clusters;

/// <summary>Speaks of, and to, the cluster that runs for a data directory.</summary>
internal sealed class RunningCluster(Screen screen, DataDirectory data)
{
    private const int TerminateSignal = 15;
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    internal Task<int> EnvironmentAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ClusterPresence.Find(data.Path) is not { } cluster)
        {
            return Task.FromResult(None());
        }

        screen.Line($"export KUBECONFIG='{cluster.KubeconfigPath.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        return Task.FromResult(ExitCodes.Well);
    }

    internal Task<int> StatusAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (ClusterPresence.Find(data.Path) is not { } cluster)
        {
            screen.Line($"no cluster runs for {data.Path}");
            return Task.FromResult(ExitCodes.No);
        }

        screen.Line($"up          process {cluster.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        screen.Line($"kubeconfig  {cluster.KubeconfigPath}");
        screen.Line($"log         {cluster.LogPath}");
        return Task.FromResult(ExitCodes.Well);
    }

    internal async Task<int> DownAsync(CancellationToken cancellationToken)
    {
        if (ClusterPresence.Find(data.Path) is not { } cluster)
        {
            screen.Line($"no cluster runs for {data.Path}");
            return ExitCodes.Well;
        }

        if (NativeSignal.Send(cluster.ProcessId, TerminateSignal) is { } problem)
        {
            screen.Complain($"process {cluster.ProcessId} could not be told to stop: {problem}");
            return ExitCodes.CouldNot;
        }

        using var timer = new PeriodicTimer(LookEvery, TimeProvider.System);
        for (var waited = TimeSpan.Zero; waited < StopLimit; waited += LookEvery)
        {
            if (ClusterPresence.Find(data.Path) is null)
            {
                screen.Line("The local cluster is down.");
                return ExitCodes.Well;
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        screen.Complain(
            $"process {cluster.ProcessId} did not stop within {StopLimit.TotalSeconds} s. End it with: kill -9 {cluster.ProcessId}");
        return ExitCodes.CouldNot;
    }

    private int None()
    {
        screen.Complain($"no cluster runs for {data.Path}. Start one with 'midwatch cluster up'.");
        return ExitCodes.CouldNot;
    }
}
