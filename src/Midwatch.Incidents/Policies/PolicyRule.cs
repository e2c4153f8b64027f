using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Incidents.Policies;

/// <summary>One row of the table. A condition that is null does not matter; the first row that fits decides.</summary>
public sealed record PolicyRule
{
    /// <summary>Stable name, shown with every decision.</summary>
    public required string Id { get; init; }

    /// <summary>The effect that it is about.</summary>
    public Effect? Effect { get; init; }

    /// <summary>Marks of which the command must carry at least one.</summary>
    public Marks AnyMark { get; init; }

    /// <summary>Namespaces that it is about; empty for all.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>Whether it is about the local cluster, about any other, or about both.</summary>
    public bool? OnLocalCluster { get; init; }

    /// <summary>Whether it is about commands in the procedure's scope.</summary>
    public bool? InScope { get; init; }

    /// <summary>What it decides.</summary>
    public required PolicyDecisionKind Kind { get; init; }

    /// <summary>How many people it asks.</summary>
    public int Approvals { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    internal bool Fits(PolicyQuestion question) =>
        (Effect is null || Effect == question.Effect)
        && (AnyMark == Marks.None || (AnyMark & question.Marks) != Marks.None)
        && (Namespaces.IsEmpty || (question.Namespace is { } place && Namespaces.Contains(place)))
        && (OnLocalCluster is null || OnLocalCluster == question.IsLocalCluster)
        && (InScope is null || InScope == question.IsInScope);
}
