namespace Midwatch.Incidents.Cluster;

/// <summary>The one cluster that an incident is bound to. Checked before each acting command.</summary>
public sealed record ClusterIdentity
{
    /// <summary>The API server's URL.</summary>
    public required string Server { get; init; }

    /// <summary>
    /// SHA-256 of the certificate authority, lower-case hexadecimal; empty when the system's trust is used.
    /// </summary>
    public required string AuthorityHash { get; init; }

    /// <summary>UID of the namespace <c>kube-system</c>: it stays the same as long as the cluster does.</summary>
    public required string SystemUid { get; init; }

    /// <summary>
    /// True only for the embedded local cluster, which marks itself; the only place where <c>--yes</c> answers.
    /// </summary>
    public required bool IsLocal { get; init; }
}
