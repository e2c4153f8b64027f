using Midwatch.Incidents.Cluster;

namespace Midwatch.Engine.Ports;

/// <summary>Tells which cluster this is, and whether acting on it is frozen.</summary>
public interface IClusterGuard
{
    /// <summary>Asks the cluster who it is.</summary>
    Task<ClusterSight> IdentifyAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Tells why nothing may be done at all right now: too many nodes, or pods outside the scope, are unready, or
    /// somebody pulled the emergency stop.
    /// </summary>
    /// <returns>Null when acting is free.</returns>
    Task<string?> WhyFrozenAsync(CancellationToken cancellationToken);
}

/// <summary>Who the cluster is; or why it could not be asked, with the remedy.</summary>
public abstract record ClusterSight
{
    private ClusterSight()
    {
    }

    /// <summary>It answered.</summary>
    public sealed record Seen(ClusterIdentity Identity) : ClusterSight;

    /// <summary>It did not.</summary>
    public sealed record Unreachable(string Reason) : ClusterSight;
}
