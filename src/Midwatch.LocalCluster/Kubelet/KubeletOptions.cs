using Midwatch.LocalCluster.Network;
using Midwatch.LocalCluster.Objects;
using Midwatch.Processes;
using Midwatch.Processes.Places;

namespace Midwatch.LocalCluster.Kubelet;

/// <summary>What one kubelet needs.</summary>
internal sealed record KubeletOptions
{
    public required ObjectStore Store { get; init; }

    public required EventRecorder Events { get; init; }

    public required ClusterNetwork Network { get; init; }

    public required ProgramStarter Starter { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>As "node-1".</summary>
    public required string NodeName { get; init; }

    /// <summary>Counted from 0; decides the node's address.</summary>
    public int NodeIndex { get; init; }

    /// <summary>What the node declares.</summary>
    public NodeSize Size { get; init; } = NodeSize.Comfortable;

    /// <summary>
    /// Where pods, volumes and logs go. Several nodes may share it: claims and host paths then are shared too.
    /// </summary>
    public required string Directory { get; init; }

    /// <summary>Folders with <c>NAME/image.json</c>.</summary>
    public required Func<IEnumerable<string>> ImageDirectories { get; init; }

    /// <summary>What <c>{programs}</c> in an image stands for.</summary>
    public required string ProgramsDirectory { get; init; }

    /// <summary>What this machine lets containers have of their own.</summary>
    public PlaceSupport Places { get; init; } = PlaceSupport.None;

    /// <summary>How programs in pods reach the API server.</summary>
    public required PodApiAccess Api { get; init; }

    /// <summary>Held while a claim's disk is made or grown: pods that share it come up at the same time.</summary>
    public Lock ClaimGate { get; init; } = new();
}
