using System.Collections.Immutable;

namespace Midwatch.Incidents.Actions;

/// <summary>What came of an action.</summary>
/// <param name="Record">The command with its output.</param>
/// <param name="After">Its targets as they were right afterwards; empty when they could not be looked at.</param>
public sealed record ActionOutcome(CommandRecord Record, ImmutableArray<TargetSnapshot> After)
{
    /// <summary>True when the command ran and succeeded.</summary>
    public bool Succeeded => Record.End == CommandEnd.Succeeded;
}

/// <summary>What a second look says about an action whose outcome is not known.</summary>
public enum RecheckVerdict
{
    /// <summary>The cluster shows that it was done.</summary>
    Done,

    /// <summary>The cluster shows that it was not done.</summary>
    NotDone,

    /// <summary>It cannot be told; a human decides.</summary>
    CouldNotTell,
}
