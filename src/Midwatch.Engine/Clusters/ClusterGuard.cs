using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Engine.Ports;
using Midwatch.Execution.Places;
using Midwatch.Incidents.Cluster;

namespace Midwatch.Engine.Clusters;

/// <summary>Knows the bound cluster, and holds everything back when too much of it is unready.</summary>
/// <param name="scope">The namespaces that the runbooks speak of: their pods are expected to be unready.</param>
public sealed class ClusterGuard(BoundCluster cluster, ImmutableArray<string> scope) : IClusterGuard
{
    // DESIGN.md section 4, "freeze".
    private const int NodesUnreadyMostPercent = 30;
    private const int PodsUnreadyMostPercent = 50;

    /// <inheritdoc/>
    public async Task<ClusterSight> IdentifyAsync(CancellationToken cancellationToken)
    {
        var (identity, problem) = await cluster.IdentifyAsync(cancellationToken);
        return identity is null
            ? new ClusterSight.Unreachable(problem ?? "The cluster does not answer.")
            : new ClusterSight.Seen(Of(identity));
    }

    /// <inheritdoc/>
    public async Task<string?> WhyFrozenAsync(CancellationToken cancellationToken)
    {
        var count = await cluster.CountUnreadyAsync(scope, cancellationToken);
        return TooMany("nodes", count.NodesUnready, count.Nodes, NodesUnreadyMostPercent)
            ?? TooMany("pods outside the scope", count.PodsUnready, count.Pods, PodsUnreadyMostPercent);
    }

    internal static ClusterIdentity Of(PlaceIdentity identity) => new()
    {
        Server = identity.Server,
        AuthorityHash = identity.AuthorityHash,
        SystemUid = identity.SystemUid,
        IsLocal = identity.IsLocal,
    };

    private static string? TooMany(string what, int? unready, int? all, int mostPercent) =>
        unready is { } bad && all is > 0 and { } total && bad * 100 > total * mostPercent
            ? string.Create(CultureInfo.InvariantCulture,
                $"{bad} of {total} {what} are unready, more than {mostPercent} %: this is no single system's trouble.")
            : null;
}
