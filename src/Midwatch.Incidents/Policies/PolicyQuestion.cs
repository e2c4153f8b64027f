using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Policies;

/// <summary>What the policy is asked about one command.</summary>
public sealed record PolicyQuestion
{
    /// <summary>What the command does.</summary>
    public required Effect Effect { get; init; }

    /// <summary>What else is known of it.</summary>
    public required Marks Marks { get; init; }

    /// <summary>The namespace it acts in; null when it names none.</summary>
    public string? Namespace { get; init; }

    /// <summary>True when its target lies in the procedure's scope.</summary>
    public required bool IsInScope { get; init; }

    /// <summary>True only for the embedded local cluster.</summary>
    public required bool IsLocalCluster { get; init; }

    /// <summary>True for commands that the runbook asks for in order to prove recovery.</summary>
    public required bool IsVerification { get; init; }
}
