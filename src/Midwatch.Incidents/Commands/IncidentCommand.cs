using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Cluster;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Procedures;
using Midwatch.Incidents.Verification;

namespace Midwatch.Incidents.Commands;

/// <summary>What is asked of an incident. <see cref="Incident.Decide"/> answers with events, or says why not.</summary>
public abstract record IncidentCommand
{
    private IncidentCommand()
    {
    }

    /// <summary>Begin, because of an alert.</summary>
    public sealed record Open(Alert Alert, ProcedureBrief Procedure, string Why) : IncidentCommand;

    /// <summary>Begin by hand, without an alert.</summary>
    public sealed record OpenByHand(ProcedureBrief Procedure, Approver By) : IncidentCommand;

    /// <summary>Take in an alert that belongs here, firing or resolved.</summary>
    public sealed record TakeAlert(Alert Alert, AlertRole Role, string Reason) : IncidentCommand;

    /// <summary>Record that the source of an alert, when asked, says that it does not fire.</summary>
    public sealed record ResolveAlert(string Fingerprint, string Reason) : IncidentCommand;

    /// <summary>Bind to the cluster.</summary>
    public sealed record BindCluster(ClusterIdentity Cluster) : IncidentCommand;

    /// <summary>Begin a pass of looking.</summary>
    public sealed record StartDiagnosis(ImmutableArray<string> Reads) : IncidentCommand;

    /// <summary>Record a command that only looked, or did not run.</summary>
    public sealed record RecordCommand(CommandRecord Command) : IncidentCommand;

    /// <summary>Record what was seen and what follows.</summary>
    public sealed record RecordRanking(EvidenceReference Evidence, RankingDigest Ranking) : IncidentCommand;

    /// <summary>Give up separating the candidates.</summary>
    public sealed record StopSeparating : IncidentCommand;

    /// <summary>Propose a plan.</summary>
    public sealed record ProposePlan(Plan Plan) : IncidentCommand;

    /// <summary>Say yes to the plan under this seal.</summary>
    public sealed record Approve(string Seal, Approver By, ApprovalMethod Method) : IncidentCommand;

    /// <summary>Say no to the plan under this seal.</summary>
    public sealed record Reject(string Seal, Approver By, string Reason) : IncidentCommand;

    /// <summary>Let the approval expire, if its time has come.</summary>
    public sealed record ExpireApproval : IncidentCommand;

    /// <summary>Ask to start an acting command; answered by an intent, or by voiding the plan.</summary>
    /// <param name="Seen">The cluster and the command's targets as looked at right now.</param>
    /// <param name="ActionsInLastHour">How many acting commands the namespace has borne, over all incidents.</param>
    public sealed record IntendAction(string CommandId, Sighting Seen, int ActionsInLastHour) : IncidentCommand;

    /// <summary>Record what came of an action.</summary>
    public sealed record FinishAction(string Action, ActionOutcome Outcome) : IncidentCommand;

    /// <summary>Record a reading command of the plan.</summary>
    public sealed record FinishRead(CommandRecord Command) : IncidentCommand;

    /// <summary>Record what a second look says about an action whose outcome is not known.</summary>
    public sealed record RecheckAction(string Action, RecheckVerdict Verdict, string Reason) : IncidentCommand;

    /// <summary>Begin to prove recovery.</summary>
    public sealed record StartVerification : IncidentCommand;

    /// <summary>Record one round of checks; decides about settling, proof and giving up.</summary>
    /// <param name="Complete">True when every check was asked, the synthetic ones included.</param>
    public sealed record RecordChecks(ImmutableArray<CheckResult> Checks, bool Complete) : IncidentCommand;

    /// <summary>Ring a clock that is due.</summary>
    public sealed record RingClock(string ClockId) : IncidentCommand;

    /// <summary>Give it to a person.</summary>
    public sealed record HandOver(string Reason) : IncidentCommand;

    /// <summary>End it as its state says.</summary>
    public sealed record Close : IncidentCommand;

    /// <summary>Record where the post-mortem lies.</summary>
    public sealed record RecordPostmortem(string Path, string Hash) : IncidentCommand;

    /// <summary>Note something.</summary>
    public sealed record AddNote(string By, string Text) : IncidentCommand;
}
