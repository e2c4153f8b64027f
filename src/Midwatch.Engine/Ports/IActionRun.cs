using System.Collections.Immutable;
using Midwatch.Incidents;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Cluster;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Engine.Ports;

/// <summary>Binds a scenario and runs its commands, one by one, in one session for each plan.</summary>
public interface IActionRun
{
    /// <summary>
    /// Expands every command of the chosen scenario and of the verification without running any, looks at the targets,
    /// and tells for each what keeps it from running.
    /// </summary>
    Task<PlanDraft> PrepareAsync(PlanRequest request, CancellationToken cancellationToken);

    /// <summary>Looks at the cluster and the command's targets, right before acting.</summary>
    Task<Sighting> LookAgainAsync(PlannedStep step, CancellationToken cancellationToken);

    /// <summary>
    /// Runs one command of the plan: exactly its sealed argument vectors, or nothing (a refused record).
    /// </summary>
    Task<ActionOutcome> RunAsync(PlannedStep step, CancellationToken cancellationToken);

    /// <summary>Asks the cluster whether an action was done whose outcome was lost in a stop.</summary>
    Task<RecheckAnswer> RecheckAsync(IncidentId incident, ActionEntry action, CancellationToken cancellationToken);

    /// <summary>Ends the session of an incident and everything that still runs in it (port-forwards).</summary>
    Task EndAsync(IncidentId incident, CancellationToken cancellationToken);
}

/// <summary>What is to be bound.</summary>
public sealed record PlanRequest
{
    /// <summary>For which incident.</summary>
    public required IncidentId Incident { get; init; }

    /// <summary>The procedure.</summary>
    public required ProcedureBrief Procedure { get; init; }

    /// <summary>The chosen scenario's id.</summary>
    public required string ScenarioId { get; init; }

    /// <summary>The evidence that chose it; the file holds all of it.</summary>
    public required EvidenceReference Evidence { get; init; }

    /// <summary>The cluster that the incident is bound to.</summary>
    public required ClusterIdentity Cluster { get; init; }

    /// <summary>Scenarios that failed in this incident.</summary>
    public required ImmutableArray<string> StruckOut { get; init; }

    /// <summary>
    /// The alert that opened the incident; its labels are bound as variables. Null for one opened by hand.
    /// </summary>
    public Alert? Alert { get; init; }
}

/// <summary>A command of a plan.</summary>
public sealed record PlannedStep(IncidentId Incident, ProcedureBrief Procedure, Plan Plan, PlannedCommand Command);

/// <summary>Whether an action was done, and what shows it.</summary>
public sealed record RecheckAnswer(RecheckVerdict Verdict, string Reason);
