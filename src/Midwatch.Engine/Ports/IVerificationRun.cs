using System.Collections.Immutable;
using Midwatch.Incidents;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Cluster;
using Midwatch.Incidents.Procedures;
using Midwatch.Incidents.Verification;

namespace Midwatch.Engine.Ports;

/// <summary>Runs the runbook's own verification.</summary>
public interface IVerificationRun
{
    /// <summary>Makes one round.</summary>
    /// <param name="observed">Told of every command as it ends; may be called from any thread.</param>
    /// <returns>One answer for each check of the runbook that was asked; empty when the runbook has none.</returns>
    Task<ImmutableArray<CheckResult>> CheckAsync(
        VerificationRequest request,
        Func<CommandRecord, CancellationToken, Task> observed,
        CancellationToken cancellationToken);
}

/// <summary>What is to be verified.</summary>
/// <param name="IsComplete">
/// False between the first good round and the end of the settling window: then synthetic requests may be left out, and
/// what is left out keeps its last answer.
/// </param>
public sealed record VerificationRequest(
    IncidentId Incident, ProcedureBrief Procedure, ClusterIdentity Cluster, bool IsComplete);
