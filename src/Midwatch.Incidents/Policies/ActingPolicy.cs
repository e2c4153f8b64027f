using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Policies;

/// <summary>What may run by itself, what asks, and what is refused: a table read from the top.</summary>
public sealed record ActingPolicy
{
    /// <summary>The table of a new installation, by effect, namespace and environment.</summary>
    public static ActingPolicy Default { get; } = new() { Rules = DefaultPolicyRules.All };

    /// <summary>The rows; the first that fits decides.</summary>
    public required ImmutableArray<PolicyRule> Rules { get; init; }

    /// <summary>Decides about one command. What no row fits is refused.</summary>
    public PolicyDecision Decide(PolicyQuestion question)
    {
        // Approving a plan approves its verification: what only this machine or one request feels counts as reading.
        if (question is { IsVerification: true, Effect: Effect.Change }
            && (question.Marks & (Marks.Synthetic | Marks.Local)) != Marks.None
            && (question.Marks & (Marks.PrintsSecret | Marks.Temporary)) == Marks.None)
        {
            return new PolicyDecision(
                PolicyDecisionKind.Run, 0, "verification", "Approving a plan approves its verification.");
        }

        foreach (var rule in Rules)
        {
            if (rule.Fits(question))
            {
                return new PolicyDecision(rule.Kind, rule.Approvals, rule.Id, rule.Reason);
            }
        }

        return new PolicyDecision(PolicyDecisionKind.Refuse, 0, "no-rule", "No rule of the policy allows it.");
    }
}
