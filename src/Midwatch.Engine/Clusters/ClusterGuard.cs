using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Engine.Ports;
using Midwatch.Execution.Places;
using Midwatch.Incidents.Cluster;

namespace Midwatch.Engine.Clusters;

/// <summary>Knows the bound cluster, and holds everything back when too much of it is unready.</summary>
/// <param name="kubeconfig">The file that the cluster is reached by; its current context counts.</param>
/// <param name="scope">The namespaces that the runbooks speak of: their pods are expected to be unready.</param>
public sealed class ClusterGuard(string kubeconfig, ImmutableArray<string> scope, TimeProvider time) : IClusterGuard
{
    // DESIGN.md section 4, "freeze".
    private const int NodesUnreadyMostPercent = 30;
    private const int PodsUnreadyMostPercent = 50;

    /// <inheritdoc/>
    public async Task<ClusterSight> IdentifyAsync(CancellationToken cancellationToken)
    {
        switch (await ClusterConnection.OpenAsync(kubeconfig, null, time, cancellationToken))
        {
            case ClusterOpening.Done opened:
                using (opened.Client)
                {
                    return new ClusterSight.Seen(new ClusterIdentity
                    {
                        Server = opened.Identity.Server.AbsoluteUri,
                        AuthorityHash = opened.Identity.CertificateAuthorityHash ?? string.Empty,
                        SystemUid = opened.Identity.KubeSystemUid,
                        IsLocal = await new ClusterHealth(opened.Client).IsLocalAsync(cancellationToken),
                    });
                }

            case ClusterOpening.Failed failed:
                return new ClusterSight.Unreachable($"{failed.Message} {failed.Remedy}".Trim());
            default:
                throw new System.Diagnostics.UnreachableException("ClusterOpening is closed.");
        }
    }

    /// <inheritdoc/>
    public async Task<string?> WhyFrozenAsync(CancellationToken cancellationToken)
    {
        if (await ClusterConnection.OpenAsync(kubeconfig, null, time, cancellationToken)
            is not ClusterOpening.Done opened)
        {
            return "The cluster does not answer.";
        }

        using (opened.Client)
        {
            var count = await new ClusterHealth(opened.Client).CountAsync(scope, cancellationToken);
            return TooMany("nodes", count.NodesUnready, count.Nodes, NodesUnreadyMostPercent)
                ?? TooMany("pods outside the scope", count.PodsUnready, count.Pods, PodsUnreadyMostPercent);
        }
    }

    private static string? TooMany(string what, int? unready, int? all, int mostPercent) =>
        unready is { } bad && all is > 0 and { } total && bad * 100 > total * mostPercent
            ? string.Create(CultureInfo.InvariantCulture,
                $"{bad} of {total} {what} are unready, more than {mostPercent} %: this is no single system's trouble.")
            : null;
}
