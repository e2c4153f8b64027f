using System.Collections.Immutable;

namespace Midwatch.Cli.Systems;

/// <summary>What a reference system's <c>system.yaml</c> says of it.</summary>
internal sealed record SystemDescription
{
    /// <summary>The folder of <c>system.yaml</c>.</summary>
    internal required string Folder { get; init; }

    internal required string Name { get; init; }

    internal required string Summary { get; init; }

    internal required string Namespace { get; init; }

    /// <summary>True for the one that <c>midwatch demo</c> shows unless told otherwise.</summary>
    internal required bool IsDemo { get; init; }

    /// <summary>Its own runbook, relative to <see cref="Folder"/>.</summary>
    internal required string Runbook { get; init; }

    internal required string Rules { get; init; }

    internal required string Faults { get; init; }

    internal required string DefaultFault { get; init; }

    internal required string Manifests { get; init; }

    /// <summary>The ConfigMap that the rule files become; null when the system brings no rules.</summary>
    internal required string? RulesConfigMap { get; init; }

    /// <summary>The Service of its Prometheus and the port there; null when it has none.</summary>
    internal required PrometheusService? Prometheus { get; init; }

    /// <summary>The workloads that are rolled out, or for jobs complete, when the system is up.</summary>
    internal required ImmutableArray<SystemWorkload> Ready { get; init; }

    /// <summary>The published programs that its images run.</summary>
    internal required ImmutableArray<string> Services { get; init; }

    /// <summary>The programs of the host that its images run, and the Debian package of each.</summary>
    internal required ImmutableSortedDictionary<string, string> HostPrograms { get; init; }

    /// <summary>
    /// What <c>${NAME}</c> in the manifests stands for where nobody says otherwise; null must be given.
    /// </summary>
    internal required ImmutableSortedDictionary<string, string?> Values { get; init; }

    internal string PathOf(string relative) => Path.GetFullPath(Path.Combine(Folder, relative));
}

/// <summary>A Service that answers Prometheus's HTTP API.</summary>
internal sealed record PrometheusService(string Namespace, string Name, int Port);
