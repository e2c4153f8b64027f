namespace Midwatch.Incidents.Policies;

/// <summary>What the policy says of one command.</summary>
/// <param name="Kind">Run it, ask, or refuse.</param>
/// <param name="Approvals">How many different people must say yes; 0 for run and refuse.</param>
/// <param name="Rule">The id of the rule that decided.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record PolicyDecision(PolicyDecisionKind Kind, int Approvals, string Rule, string Reason);

/// <summary>Run, ask or refuse.</summary>
public enum PolicyDecisionKind
{
    /// <summary>It runs by itself.</summary>
    Run,

    /// <summary>It runs once enough people have approved the sealed plan.</summary>
    Ask,

    /// <summary>It does not run.</summary>
    Refuse,
}
