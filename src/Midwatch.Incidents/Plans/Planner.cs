using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Policies;

namespace Midwatch.Incidents.Plans;

/// <summary>Puts a draft under policy and seal.</summary>
public static class Planner
{
    /// <summary>Decides about every command and seals the whole.</summary>
    /// <param name="now">When the plan is made; its seal expires after <see
    /// cref="Restraint.ApprovalLifetime"/>.</param>
    public static Plan Compose(PlanDraft draft, ActingPolicy policy, Restraint restraint, DateTimeOffset now)
    {
        var decided = draft with
        {
            Commands = [.. draft.Commands.Select(command => Decide(command, draft, policy, verification: false))],
            Verification = [
                .. draft.Verification.Select(command => Decide(command, draft, policy, verification: true))],
        };
        var needed = decided.Commands.Concat(decided.Verification)
            .Select(command => command.Decision?.Approvals ?? 0).DefaultIfEmpty(0).Max();

        // A question of the text needs somebody who answers it, whatever the policy says.
        needed = draft.Questions.IsEmpty ? needed : Math.Max(needed, 1);
        var expires = now + restraint.ApprovalLifetime;
        return new Plan
        {
            Draft = decided,
            Seal = new Seal
            {
                Hash = SealHash.Of(decided, needed, expires),
                Cluster = decided.Cluster,
                Targets = Targets(decided.Commands),
                FindingsHash = decided.FindingsHash,
                ApprovalsNeeded = needed,
                ExpiresAt = expires,
            },
        };
    }

    private static PlannedCommand Decide(
        PlannedCommand command, PlanDraft draft, ActingPolicy policy, bool verification)
    {
        var decision = policy.Decide(new PolicyQuestion
        {
            Effect = command.Effect,
            Marks = command.Marks,
            Namespace = command.Namespace,
            IsInScope = command.IsInScope,
            IsLocalCluster = draft.Cluster.IsLocal,
            IsVerification = verification,
        });
        var decided = command with { Decision = decision };

        // What the policy refuses is refused like anything else: before anything runs, with its place.
        return decision.Kind == PolicyDecisionKind.Refuse
            ? decided with
            {
                Refusals = decided.Refusals.Add(new Refusal(decision.Reason, command.Line, command.Column)),
            }
            : decided;
    }

    private static ImmutableArray<TargetSnapshot> Targets(ImmutableArray<PlannedCommand> commands) =>
        [.. commands.Where(command => command.IsActing).SelectMany(command => command.Targets)
            .DistinctBy(target => target.Key)];
}
