using System.Collections.Immutable;

namespace Midwatch.Incidents.Actions;

/// <summary>What is about to be done: durable before it starts, so that a stop in between is seen.</summary>
public sealed record Intent
{
    /// <summary>Names the action within its incident, such as <c>a1</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The seal under which it is done.</summary>
    public required string Seal { get; init; }

    /// <summary>The command's id in the plan.</summary>
    public required string CommandId { get; init; }

    /// <summary>The command as written.</summary>
    public required string Text { get; init; }

    /// <summary>The namespace whose budget it counts against; empty for the cluster.</summary>
    public required string Namespace { get; init; }

    /// <summary>The targets as they were right before.</summary>
    public required ImmutableArray<TargetSnapshot> Before { get; init; }

    /// <summary>True when doing it twice is the same as doing it once.</summary>
    public required bool IsIdempotent { get; init; }

    /// <summary>What would undo it; null when nothing would, or it is not known.</summary>
    public string? Inverse { get; init; }
}
