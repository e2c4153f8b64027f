using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Cluster;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Escalations;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Procedures;
using Midwatch.Incidents.Verification;

namespace Midwatch.Incidents.Events;

/// <summary>
/// What happened in an incident. The incident is nothing but these, in their order; names and shapes are a contract
/// with every data directory ever written (contracts.txt).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(IncidentOpened), "incident-opened")]
[JsonDerivedType(typeof(AlertReceived), "alert-received")]
[JsonDerivedType(typeof(AlertRepeated), "alert-repeated")]
[JsonDerivedType(typeof(AlertResolved), "alert-resolved")]
[JsonDerivedType(typeof(ClusterBound), "cluster-bound")]
[JsonDerivedType(typeof(ProcedureFound), "procedure-found")]
[JsonDerivedType(typeof(DiagnosisStarted), "diagnosis-started")]
[JsonDerivedType(typeof(CommandObserved), "command-observed")]
[JsonDerivedType(typeof(EvidenceTaken), "evidence-taken")]
[JsonDerivedType(typeof(ScenariosRanked), "scenarios-ranked")]
[JsonDerivedType(typeof(NoFaultFound), "no-fault-found")]
[JsonDerivedType(typeof(Abstained), "abstained")]
[JsonDerivedType(typeof(PlanProposed), "plan-proposed")]
[JsonDerivedType(typeof(ApprovalAsked), "approval-asked")]
[JsonDerivedType(typeof(ApprovalGiven), "approval-given")]
[JsonDerivedType(typeof(ApprovalRefused), "approval-refused")]
[JsonDerivedType(typeof(ApprovalExpired), "approval-expired")]
[JsonDerivedType(typeof(ApprovalVoided), "approval-voided")]
[JsonDerivedType(typeof(ActionIntended), "action-intended")]
[JsonDerivedType(typeof(ActionFinished), "action-finished")]
[JsonDerivedType(typeof(ActionRechecked), "action-rechecked")]
[JsonDerivedType(typeof(ActionRefused), "action-refused")]
[JsonDerivedType(typeof(StepHandedToHuman), "step-handed-to-human")]
[JsonDerivedType(typeof(VerificationStarted), "verification-started")]
[JsonDerivedType(typeof(VerificationChecked), "verification-checked")]
[JsonDerivedType(typeof(SettlingStarted), "settling-started")]
[JsonDerivedType(typeof(SettlingBroken), "settling-broken")]
[JsonDerivedType(typeof(RecoveryProven), "recovery-proven")]
[JsonDerivedType(typeof(RecoveryNotProven), "recovery-not-proven")]
[JsonDerivedType(typeof(ScenarioStruckOut), "scenario-struck-out")]
[JsonDerivedType(typeof(EscalationClockStarted), "escalation-clock-started")]
[JsonDerivedType(typeof(Escalated), "escalated")]
[JsonDerivedType(typeof(HandedOver), "handed-over")]
[JsonDerivedType(typeof(IncidentClosed), "incident-closed")]
[JsonDerivedType(typeof(PostmortemWritten), "postmortem-written")]
[JsonDerivedType(typeof(NoteAdded), "note-added")]
public abstract record IncidentEvent
{
    private IncidentEvent(DateTimeOffset at) => At = at;

    /// <summary>When it happened, by the clock of the process that wrote it, in UTC.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>The incident began.</summary>
    /// <param name="Title">The alert's name, or the procedure's title for one opened by hand.</param>
    /// <param name="By">Who opened it by hand; null when an alert did.</param>
    public sealed record IncidentOpened(
        DateTimeOffset At, string Title, string? Severity, ImmutableArray<string> Namespaces, Approver? By)
        : IncidentEvent(At);

    /// <summary>An alert belongs to the incident from here on.</summary>
    /// <param name="Reason">Why it belongs here.</param>
    public sealed record AlertReceived(DateTimeOffset At, Alert Alert, AlertRole Role, string Reason)
        : IncidentEvent(At);

    /// <summary>An alert of the incident fired again after a pause; it starts nothing new.</summary>
    public sealed record AlertRepeated(DateTimeOffset At, string Fingerprint, DateTimeOffset StartsAt)
        : IncidentEvent(At);

    /// <summary>An alert of the incident was resolved by its source.</summary>
    public sealed record AlertResolved(
        DateTimeOffset At, string Fingerprint, DateTimeOffset EndsAt, ResolutionSource Source, string Reason)
        : IncidentEvent(At);

    /// <summary>The incident is bound to one cluster.</summary>
    public sealed record ClusterBound(DateTimeOffset At, ClusterIdentity Cluster) : IncidentEvent(At);

    /// <summary>The procedure that answers it.</summary>
    public sealed record ProcedureFound(DateTimeOffset At, ProcedureBrief Procedure, string Why) : IncidentEvent(At);

    /// <summary>A pass of looking began.</summary>
    /// <param name="Reads">The separating reads that it is for; empty for the whole diagnosis.</param>
    public sealed record DiagnosisStarted(DateTimeOffset At, int Round, ImmutableArray<string> Reads)
        : IncidentEvent(At);

    /// <summary>A command ran that only looks, or was asked another way, left out or refused.</summary>
    public sealed record CommandObserved(DateTimeOffset At, CommandRecord Command) : IncidentEvent(At);

    /// <summary>What was seen is kept in a file.</summary>
    public sealed record EvidenceTaken(DateTimeOffset At, int Round, EvidenceReference Evidence) : IncidentEvent(At);

    /// <summary>The scenarios were ranked by that evidence.</summary>
    public sealed record ScenariosRanked(DateTimeOffset At, int Round, RankingDigest Ranking) : IncidentEvent(At);

    /// <summary>Nothing is wrong that the runbook could mend; nothing is done.</summary>
    public sealed record NoFaultFound(DateTimeOffset At, string Reason) : IncidentEvent(At);

    /// <summary>The evidence does not carry a decision, or the action would not help; nothing is done.</summary>
    public sealed record Abstained(DateTimeOffset At, string Reason, ImmutableArray<string> Missing)
        : IncidentEvent(At);

    /// <summary>What is to be done, sealed.</summary>
    public sealed record PlanProposed(DateTimeOffset At, Plan Plan) : IncidentEvent(At);

    /// <summary>People are asked for their approval.</summary>
    public sealed record ApprovalAsked(DateTimeOffset At, string Seal, int Needed, DateTimeOffset Until)
        : IncidentEvent(At);

    /// <summary>Somebody said yes.</summary>
    public sealed record ApprovalGiven(DateTimeOffset At, string Seal, Approver By, ApprovalMethod Method)
        : IncidentEvent(At);

    /// <summary>Somebody said no.</summary>
    public sealed record ApprovalRefused(DateTimeOffset At, string Seal, Approver By, string Reason)
        : IncidentEvent(At);

    /// <summary>Nobody answered in time.</summary>
    public sealed record ApprovalExpired(DateTimeOffset At, string Seal) : IncidentEvent(At);

    /// <summary>What was approved is not what is there any more.</summary>
    public sealed record ApprovalVoided(DateTimeOffset At, string Seal, ImmutableArray<string> Reasons)
        : IncidentEvent(At);

    /// <summary>A command that does more than read is about to be started.</summary>
    public sealed record ActionIntended(DateTimeOffset At, Intent Intent) : IncidentEvent(At);

    /// <summary>It has ended.</summary>
    public sealed record ActionFinished(DateTimeOffset At, string Action, ActionOutcome Outcome) : IncidentEvent(At);

    /// <summary>After a stop in between, the cluster was asked whether it was done.</summary>
    public sealed record ActionRechecked(DateTimeOffset At, string Action, RecheckVerdict Verdict, string Reason)
        : IncidentEvent(At);

    /// <summary>A command of the plan is refused before anything of the plan runs.</summary>
    public sealed record ActionRefused(
        DateTimeOffset At, string CommandId, string Text, ImmutableArray<Refusal> Refusals) : IncidentEvent(At);

    /// <summary>A step is a person's to do.</summary>
    public sealed record StepHandedToHuman(DateTimeOffset At, HumanStep Step) : IncidentEvent(At);

    /// <summary>The proof of recovery began.</summary>
    public sealed record VerificationStarted(
        DateTimeOffset At, DateTimeOffset GivesUpAt, TimeSpan Settling) : IncidentEvent(At);

    /// <summary>A check of the verification answered, for the first time or otherwise than before.</summary>
    public sealed record VerificationChecked(DateTimeOffset At, CheckResult Check) : IncidentEvent(At);

    /// <summary>Everything holds; it has to hold until then.</summary>
    public sealed record SettlingStarted(DateTimeOffset At, DateTimeOffset Until) : IncidentEvent(At);

    /// <summary>Something does not hold any more; the window starts anew when it does again.</summary>
    public sealed record SettlingBroken(DateTimeOffset At, ImmutableArray<string> Reasons) : IncidentEvent(At);

    /// <summary>Everything held for the whole window.</summary>
    public sealed record RecoveryProven(DateTimeOffset At, string Reason) : IncidentEvent(At);

    /// <summary>The patience ended and something did not hold.</summary>
    public sealed record RecoveryNotProven(DateTimeOffset At, ImmutableArray<string> Reasons) : IncidentEvent(At);

    /// <summary>The scenario failed and is not tried again in this incident.</summary>
    public sealed record ScenarioStruckOut(DateTimeOffset At, string ScenarioId, string Heading, string Reason)
        : IncidentEvent(At);

    /// <summary>A clock of the runbook runs.</summary>
    public sealed record EscalationClockStarted(DateTimeOffset At, EscalationClock Clock) : IncidentEvent(At);

    /// <summary>The incident is escalated, as the runbook says or because Midwatch cannot go on.</summary>
    /// <param name="Clock">The clock that rang; null otherwise.</param>
    public sealed record Escalated(DateTimeOffset At, string Reason, ImmutableArray<string> To, string? Clock)
        : IncidentEvent(At);

    /// <summary>Midwatch cannot go on by itself; a person has to.</summary>
    public sealed record HandedOver(DateTimeOffset At, string Reason) : IncidentEvent(At);

    /// <summary>The end.</summary>
    public sealed record IncidentClosed(DateTimeOffset At, IncidentOutcome Outcome, string Reason)
        : IncidentEvent(At);

    /// <summary>The post-mortem lies there.</summary>
    public sealed record PostmortemWritten(DateTimeOffset At, string Path, string Hash) : IncidentEvent(At);

    /// <summary>Somebody, or Midwatch itself, notes something for the post-mortem.</summary>
    public sealed record NoteAdded(DateTimeOffset At, string By, string Text) : IncidentEvent(At);
}
