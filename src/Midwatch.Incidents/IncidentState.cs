using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Cluster;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Escalations;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Procedures;
using Midwatch.Incidents.Verification;

namespace Midwatch.Incidents;

/// <summary>What its events say of an incident: a fold, and nothing else.</summary>
public sealed record IncidentState
{
    /// <summary>Before the first event.</summary>
    public static IncidentState Initial { get; } = new();

    /// <summary>How many events were folded.</summary>
    public long Version { get; init; }

    /// <summary>Where it stands.</summary>
    public IncidentStage Stage { get; init; }

    /// <summary>The alert's name, or the procedure's title for one opened by hand.</summary>
    public string Title { get; init; } = string.Empty;

    /// <summary>When it was opened; null before.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>Who opened it by hand; null when an alert did.</summary>
    public Approver? OpenedBy { get; init; }

    /// <summary>The namespaces that make up its system.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>Its alerts in the order in which they came.</summary>
    public ImmutableArray<IncidentAlert> Alerts { get; init; } = [];

    /// <summary>The procedure that answers it; null before it is found.</summary>
    public ProcedureBrief? Procedure { get; init; }

    /// <summary>The cluster that it is bound to; null before.</summary>
    public ClusterIdentity? Cluster { get; init; }

    /// <summary>The latest pass of looking and ranking; null before the first.</summary>
    public DiagnosisRound? Diagnosis { get; init; }

    /// <summary>The plan in force; null when there is none, or none any more.</summary>
    public Plan? Plan { get; init; }

    /// <summary>The approvals of that plan.</summary>
    public ImmutableArray<Approval> Approvals { get; init; } = [];

    /// <summary>Commands of that plan that have run or been left behind, by id.</summary>
    public ImmutableArray<string> CommandsDone { get; init; } = [];

    /// <summary>The plan's targets as they should be now: as sealed, moved on by what the plan itself did.</summary>
    public ImmutableArray<TargetSnapshot> ExpectedTargets { get; init; } = [];

    /// <summary>Every action of the incident, in order, whatever plan it belonged to.</summary>
    public ImmutableArray<ActionEntry> Actions { get; init; } = [];

    /// <summary>The proof under way, or the last one; null before the first.</summary>
    public VerificationState? Verification { get; init; }

    /// <summary>Scenarios that are not tried again.</summary>
    public ImmutableArray<string> StruckOut { get; init; } = [];

    /// <summary>Scenarios whose plans fell before anything was done, once for each time.</summary>
    public ImmutableArray<string> Failures { get; init; } = [];

    /// <summary>The clocks of the runbook.</summary>
    public ImmutableArray<EscalationClock> Clocks { get; init; } = [];

    /// <summary>Why a person has to go on; null while none has.</summary>
    public string? HandedOver { get; init; }

    /// <summary>How it ended; null while it has not.</summary>
    public IncidentOutcome? Outcome { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Where the post-mortem lies; null while there is none.</summary>
    public string? PostmortemPath { get; init; }

    /// <summary>True once it is over.</summary>
    [JsonIgnore]
    public bool IsClosed => Stage == IncidentStage.Closed;

    /// <summary>True only for a proven recovery. Anything else never looks healed.</summary>
    [JsonIgnore]
    public bool IsHealed => Outcome is IncidentOutcome.Recovered or IncidentOutcome.ResolvedByItself;

    /// <summary>The action whose outcome is not known; null when there is none.</summary>
    [JsonIgnore]
    public ActionEntry? OpenAction => Actions.FirstOrDefault(action => action.IsOpen);

    /// <summary>
    /// True when an alert opened it and every alert that its procedure answers was resolved by its source.
    /// </summary>
    [JsonIgnore]
    public bool AlertIsResolved => OpeningAlerts.Any() && OpeningAlerts.All(alert => !alert.IsFiring);

    /// <summary>The alerts that its procedure answers.</summary>
    [JsonIgnore]
    public IEnumerable<IncidentAlert> OpeningAlerts => Alerts.Where(alert => alert.Role == AlertRole.Opening);

    /// <summary>Folds a whole history.</summary>
    public static IncidentState Fold(IEnumerable<IncidentEvent> events) => events.Aggregate(Initial, Incident.Evolve);
}
