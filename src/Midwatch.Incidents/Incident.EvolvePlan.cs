using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Verification;

namespace Midwatch.Incidents;

/// <content>Events of plan, actions and proof to state.</content>
public static partial class Incident
{
    private static IncidentState? EvolvePlan(IncidentState state, IncidentEvent happened) => happened switch
    {
        IncidentEvent.PlanProposed e => state with
        {
            Plan = e.Plan,
            Approvals = [],
            CommandsDone = [],
            ExpectedTargets = e.Plan.Seal.Targets,
            Stage = e.Plan.ApprovalsNeeded > 0 ? IncidentStage.AwaitingApproval : IncidentStage.Acting,
        },
        IncidentEvent.ApprovalAsked => state with { Stage = IncidentStage.AwaitingApproval },
        IncidentEvent.ApprovalGiven e => Approved(state, new Approval(e.By, e.Method, e.At)),
        IncidentEvent.ApprovalRefused e => state with
        {
            Plan = null, Stage = IncidentStage.HandedOver, HandedOver = $"{e.By} said no: {e.Reason}",
        },
        IncidentEvent.ApprovalExpired => state with
        {
            Plan = null, Stage = IncidentStage.HandedOver, HandedOver = "Nobody approved the plan in time.",
        },
        IncidentEvent.ApprovalVoided => Voided(state),
        IncidentEvent.ActionIntended e => state with
        {
            Actions = state.Actions.Add(new ActionEntry(e.Intent, e.At)),
        },
        IncidentEvent.ActionFinished e => Finished(state, e),
        IncidentEvent.ActionRechecked e => Rechecked(state, e),
        IncidentEvent.ScenarioStruckOut e => state with
        {
            Plan = null, Stage = IncidentStage.Open, StruckOut = state.StruckOut.Add(e.ScenarioId),
        },
        _ => null,
    };

    private static IncidentState Approved(IncidentState state, Approval approval)
    {
        var approvals = state.Approvals.Add(approval);
        return state with
        {
            Approvals = approvals,
            Stage = state.Plan is { } plan && approvals.Length >= plan.ApprovalsNeeded
                ? IncidentStage.Acting
                : state.Stage,
        };
    }

    private static IncidentState Voided(IncidentState state) => state with
    {
        Failures = state.Plan is { } plan ? state.Failures.Add(plan.Draft.ScenarioId) : state.Failures,
        Plan = null,
        Approvals = [],
        Stage = IncidentStage.Open,
    };

    private static IncidentState Finished(IncidentState state, IncidentEvent.ActionFinished e)
    {
        var moved = WithAction(state, e.Action, action => action with { Outcome = e.Outcome });
        return e.Outcome.Succeeded ? CommandDone(Expecting(moved, e.Outcome.After), CommandOf(state, e.Action)) : moved;
    }

    private static IncidentState Rechecked(IncidentState state, IncidentEvent.ActionRechecked e)
    {
        var moved = WithAction(state, e.Action, action => action with { Recheck = e.Verdict });
        return e.Verdict switch
        {
            RecheckVerdict.Done => CommandDone(moved, CommandOf(state, e.Action)),
            RecheckVerdict.NotDone => moved,
            _ => moved with
            {
                Plan = null,
                Stage = IncidentStage.HandedOver,
                HandedOver = "Midwatch was stopped while it acted, and it cannot be told whether the action was done.",
            },
        };
    }

    private static IncidentState Expecting(IncidentState state, ImmutableArray<TargetSnapshot> after)
    {
        var expected = state.ExpectedTargets;
        for (var i = 0; i < expected.Length; i++)
        {
            var now = after.FirstOrDefault(target => target.Key == expected[i].Key);
            expected = now is null ? expected : expected.SetItem(i, now);
        }

        return state with { ExpectedTargets = expected };
    }

    private static IncidentState WithAction(IncidentState state, string action, Func<ActionEntry, ActionEntry> change)
    {
        var at = state.Actions.FindIndex(entry => entry.Intent.Action == action);
        return at < 0 ? state : state with { Actions = state.Actions.SetItem(at, change(state.Actions[at])) };
    }

    private static string CommandOf(IncidentState state, string action) =>
        state.Actions.First(entry => entry.Intent.Action == action).Intent.CommandId;

    private static IncidentState? EvolveVerification(IncidentState state, IncidentEvent happened) => happened switch
    {
        IncidentEvent.VerificationStarted e => state with
        {
            Stage = IncidentStage.Verifying,
            Verification = new VerificationState(e.At, e.GivesUpAt, e.Settling),
        },
        IncidentEvent.VerificationChecked e => state.Verification is { } proof
            ? state with { Verification = proof with { Checks = WithCheck(proof.Checks, e.Check) } } : state,
        IncidentEvent.SettlingStarted e => state.Verification is { } proof
            ? state with { Verification = proof with { HoldsSince = e.At } } : state,
        IncidentEvent.SettlingBroken => state.Verification is { } proof
            ? state with { Verification = proof with { HoldsSince = null } } : state,
        IncidentEvent.RecoveryProven => state with { Stage = IncidentStage.Proven },
        IncidentEvent.RecoveryNotProven => state with { Stage = IncidentStage.Open },
        _ => null,
    };

    private static ImmutableArray<CheckResult> WithCheck(ImmutableArray<CheckResult> checks, CheckResult check)
    {
        var at = checks.FindIndex(each => each.Id == check.Id);
        return at < 0 ? checks.Add(check) : checks.SetItem(at, check);
    }
}
