using System.Net;
using Midwatch.LocalCluster.Faults;
using Midwatch.LocalCluster.Hosting;
using Midwatch.LocalCluster.Kubelet;
using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects;
using Midwatch.Processes;

namespace Midwatch.LocalCluster;

/// <summary>A local cluster inside this process: API server, controllers, scheduler and nodes.</summary>
public sealed class ClusterHost : IAsyncDisposable
{
    // Stopping must not take longer than two seconds, whatever hangs.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(2);

    private readonly ClusterLease _lease;
    private readonly ClusterNetwork _network;
    private readonly ControlPlaneParts _controlPlane;
    private readonly ProgramStarter _starter;
    private readonly ClusterNodes _nodes;
    private readonly FaultExpiry _expiry;
    private readonly TimeProvider _time;
    private Task? _stopping;

    private ClusterHost(
        ClusterLease lease, ClusterNetwork network, ControlPlaneParts controlPlane, ClusterOptions options)
    {
        _lease = lease;
        _network = network;
        _controlPlane = controlPlane;
        _time = options.Time;
        _starter = new ProgramStarter();
        _nodes = NodeStart.Start(options, controlPlane, network, _starter, lease.Directory);
        controlPlane.Nodes.Arrive(_nodes);
        _expiry = new FaultExpiry(options.DataDirectory, options.Time, lease.Log.Write);
    }

    /// <summary>The administrator's kubeconfig; its context is <c>midwatch-local</c>.</summary>
    public string KubeconfigPath => _lease.Directory.Kubeconfig;

    /// <summary>Where the API server answers.</summary>
    public Uri Server => _controlPlane.Server;

    /// <summary>
    /// What pods reach this machine by, as they would their node: 127.0.0.1 is their own. The address of node-1.
    /// </summary>
    public IPAddress MachineAddress => _network.MachineAddress;

    /// <summary>A sentence for people on how pods are kept apart on this machine.</summary>
    public string NetworkMode => _network.Mode;

    /// <summary>Starts a cluster; expected trouble (a port or directory in use) comes back as a sentence.</summary>
    public static async Task<ClusterStart> StartAsync(ClusterOptions options, CancellationToken cancellationToken)
    {
        var directory = ClusterDirectory.Of(options.DataDirectory);
        ClusterLease? lease;
        try
        {
            lease = ClusterLease.TryTake(directory, options.Time);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ClusterStart.Failed(
                $"The directory {directory.Root} cannot be written: {error.Message} Choose another directory with --data.");
        }

        if (lease is null)
        {
            return new ClusterStart.Failed(InUse(directory));
        }

        if (AuditTrouble(options) is { } unwritable)
        {
            lease.Dispose();
            return new ClusterStart.Failed(unwritable);
        }

        var store = new ObjectStore(options.Time);
        var network = ClusterNetwork.Start(store, Path.Combine(directory.Root, "network"));
        if (network is null)
        {
            lease.Dispose();
            return new ClusterStart.Failed(
                "All ranges of loopback addresses are taken by other local clusters. Stop one of them with 'midwatch cluster down'.");
        }

        try
        {
            var controlPlane = await ControlPlaneParts.StartAsync(
                options, store, network, directory, lease.Log.Write, cancellationToken);
            return new ClusterStart.Started(new ClusterHost(lease, network, controlPlane, options));
        }
        catch (IOException error)
        {
            await network.DisposeAsync();
            lease.Dispose();
            return new ClusterStart.Failed(PortTrouble(options.Port, error));
        }
    }

    /// <summary>Ends everything that the cluster started, within two seconds.</summary>
    public Task StopAsync() => _stopping ??= StopOnceAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StopOnceAsync()
    {
        await EndAsync().WaitAsync(StopLimit, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lease.Dispose();
    }

    private async Task EndAsync()
    {
        await _expiry.DisposeAsync();
        // The programs first: they are what must not outlive us.
        await _nodes.DisposeAsync();
        await _starter.DisposeAsync();
        await _controlPlane.DisposeAsync();
        await _network.DisposeAsync();
    }

    private static string? AuditTrouble(ClusterOptions options)
    {
        if (options.AuditFile is not { } file)
        {
            return null;
        }

        try
        {
            using var log = new Api.AuditLog(file, options.Time);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return $"The audit file {file} cannot be written: {error.Message} Choose another with --audit.";
        }
    }

    private static string InUse(ClusterDirectory directory)
    {
        var owner = DirectoryLock.Owner(directory.LockFile) is { } pid ? $"process {pid}" : "another process";
        return $"The directory {directory.Root} is in use by the cluster of {owner}. "
            + "Stop that one with 'midwatch cluster down', or choose another directory with --data.";
    }

    private static string PortTrouble(int port, IOException error) => PortOwner.Describe(port) is { } owner
        ? $"Port {port} of 127.0.0.1 is in use by {owner}. End that, or choose another port with --port (0 takes a free one)."
        : $"The API server cannot listen on port {port} of 127.0.0.1: {error.Message} Choose another port with --port (0 takes a free one).";
}
