using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Cluster;

namespace Midwatch.Incidents.Plans;

/// <summary>
/// What an approval binds: the exact argument vectors, the cluster, the targets, the findings, how many must approve,
/// and until when. A change of any of these voids it.
/// </summary>
public sealed record Seal
{
    /// <summary>
    /// SHA-256 over everything below and the argument vectors; the first twelve digits are shown to people.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>The cluster.</summary>
    public required ClusterIdentity Cluster { get; init; }

    /// <summary>Every target of every acting command, once.</summary>
    public required ImmutableArray<TargetSnapshot> Targets { get; init; }

    /// <summary>The typed findings that chose the scenario.</summary>
    public required string FindingsHash { get; init; }

    /// <summary>How many different people must approve.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>After this moment it is good for nothing.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The part of the hash that people compare.</summary>
    public static string Shown(string hash) => hash.Length > 12 ? hash[..12] : hash;
}
