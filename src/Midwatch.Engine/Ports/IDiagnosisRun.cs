using System.Collections.Immutable;
using Midwatch.Incidents;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Cluster;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Engine.Ports;

/// <summary>Looks at the cluster and ranks the scenarios. Changes nothing.</summary>
public interface IDiagnosisRun
{
    /// <summary>
    /// Runs the diagnose steps and the inspector in parallel, keeps the evidence, and ranks. What cannot be read is
    /// part of the answer; only a broken surrounding throws.
    /// </summary>
    /// <param name="observed">Told of every command as it ends, in the order of ending; may be called from any
    /// thread.</param>
    Task<DiagnosisAnswer> DiagnoseAsync(
        DiagnosisRequest request,
        Func<CommandRecord, CancellationToken, Task> observed,
        CancellationToken cancellationToken);
}

/// <summary>What is to be looked at.</summary>
public sealed record DiagnosisRequest
{
    /// <summary>For which incident.</summary>
    public required IncidentId Incident { get; init; }

    /// <summary>The procedure; <see cref="ProcedureCatalog.Resolve"/> gives its compiled form.</summary>
    public required ProcedureBrief Procedure { get; init; }

    /// <summary>The cluster that the incident is bound to.</summary>
    public required ClusterIdentity Cluster { get; init; }

    /// <summary>The alert that opened the incident; null for one opened by hand.</summary>
    public Alert? Alert { get; init; }

    /// <summary>Counts the passes of the incident, from 1.</summary>
    public required int Round { get; init; }

    /// <summary>What the last ranking lacked; empty for a whole diagnosis.</summary>
    public required ImmutableArray<string> SeparatingReads { get; init; }

    /// <summary>Scenarios that failed in this incident.</summary>
    public required ImmutableArray<string> StruckOut { get; init; }

    /// <summary>Where evidence and ranking files of the incident go; exists.</summary>
    public required string Directory { get; init; }
}

/// <summary>What was seen and what follows.</summary>
public sealed record DiagnosisAnswer(EvidenceReference Evidence, RankingDigest Ranking);
