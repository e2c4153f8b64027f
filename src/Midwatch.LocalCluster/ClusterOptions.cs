namespace Midwatch.LocalCluster;

/// <summary>How a local cluster is to be started.</summary>
public sealed record ClusterOptions
{
    /// <summary>Where the cluster keeps its files, below <c>cluster/</c>; one cluster per directory.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The port of the API server on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Folders with <c>NAME/image.json</c>; an image that is in none of them fails to pull. Asked anew at each pull.
    /// </summary>
    public Func<IEnumerable<string>> ImageDirectories { get; init; } = () => [];

    /// <summary>What <c>{programs}</c> in an image stands for: the folder of the published services.</summary>
    public required string ProgramsDirectory { get; init; }

    /// <summary>A file that gets one JSON line per request that changes something; null for none.</summary>
    public string? AuditFile { get; init; }

    /// <summary>How many nodes there are: node-1, node-2, ….</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>
    /// What each node declares as its capacity; it is what the scheduler counts with, not a limit of this machine.
    /// </summary>
    public NodeSize NodeSize { get; init; } = NodeSize.Comfortable;

    /// <summary>
    /// Serve metrics.k8s.io, which kubectl top and autoscalers read; some clusters have no such server.
    /// </summary>
    public bool HasMetrics { get; init; } = true;

    /// <summary>Make volumes for claims, in the place of whatever provisioner a class names.</summary>
    public bool HasProvisioners { get; init; } = true;

    /// <summary>The clock of everything in the cluster.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
