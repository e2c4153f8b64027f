using System.Collections.Immutable;
using Midwatch.LocalCluster.Controllers;
using Midwatch.LocalCluster.Controllers.Deployments;
using Midwatch.LocalCluster.Controllers.ReplicaSets;
using Midwatch.LocalCluster.Controllers.StatefulSets;
using Midwatch.LocalCluster.Hosting;
using Midwatch.LocalCluster.Objects;

namespace Midwatch.LocalCluster;

/// <summary>A local cluster inside this process: API server, controllers, scheduler and nodes.</summary>
public sealed class ClusterHost : IAsyncDisposable
{
    private readonly DirectoryLock _lock;
    private readonly ClusterLog _log;
    private readonly ControllerHost _controllers;

    private ClusterHost(ClusterDirectory directory, DirectoryLock held, ClusterOptions options)
    {
        _lock = held;
        _log = new ClusterLog(directory.LogFile, options.Time);
        KubeconfigPath = directory.Kubeconfig;
        Server = new UriBuilder(Uri.UriSchemeHttps, "127.0.0.1", options.Port).Uri;
        var store = new ObjectStore(options.Time);
        var writer = new ClusterWriter(store, new EventRecorder(store, options.Time), static (_, _) => null);
        ImmutableArray<IController> controllers =
        [
            new DeploymentController(writer, options.Time),
            new ReplicaSetController(writer, options.Time),
            new StatefulSetController(writer, options.Time),
        ];
        _controllers = ControllerHost.Start(store, controllers, options.Time, _log.Write);
    }

    /// <summary>The administrator's kubeconfig; its context is <c>midwatch-local</c>.</summary>
    public string KubeconfigPath { get; }

    /// <summary>Where the API server answers.</summary>
    public Uri Server { get; }

    /// <summary>A sentence for people on how pods are kept apart on this machine.</summary>
    public string NetworkMode { get; } = "pods have loopback addresses of their own";

    /// <summary>Starts a cluster; expected trouble (a port or directory in use) comes back as a sentence.</summary>
    public static Task<ClusterStart> StartAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var directory = ClusterDirectory.Of(options.DataDirectory);
        directory.Create();
        DirectoryLock? held = null;
        try
        {
            held = DirectoryLock.TryTake(directory.LockFile);
            if (held is null)
            {
                return Task.FromResult<ClusterStart>(new ClusterStart.Failed(InUse(directory)));
            }

            var cluster = new ClusterHost(directory, held, options);
            held = null;
            return Task.FromResult<ClusterStart>(new ClusterStart.Started(cluster));
        }
        finally
        {
            held?.Dispose();
        }
    }

    /// <summary>Ends everything that the cluster started, within two seconds.</summary>
    public async Task StopAsync() => await DisposeAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _controllers.DisposeAsync();
        _log.Dispose();
        _lock.Dispose();
    }

    private static string InUse(ClusterDirectory directory)
    {
        var owner = DirectoryLock.Owner(directory.LockFile) is { } pid ? $"process {pid}" : "another process";
        return $"The directory {directory.Root} is in use by the cluster of {owner}. "
            + "Stop that one with 'midwatch cluster down', or choose another directory with --data.";
    }
}
