using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Plans;

namespace Midwatch.Incidents;

/// <summary>
/// What is to be done next for an incident, told by its state alone: so a restart goes on where it stopped.
/// </summary>
public abstract record Duty
{
    private Duty()
    {
    }

    /// <summary>Ask the cluster who it is.</summary>
    public sealed record BindCluster : Duty;

    /// <summary>Look and rank.</summary>
    /// <param name="Reads">The separating reads; empty for the whole diagnosis.</param>
    public sealed record Diagnose(ImmutableArray<string> Reads) : Duty;

    /// <summary>Record that separating has come to its end.</summary>
    public sealed record StopSeparating : Duty;

    /// <summary>Bind the chosen scenario and propose it.</summary>
    public sealed record MakePlan(string ScenarioId) : Duty;

    /// <summary>Wait for people, or for the time to run out.</summary>
    public sealed record AwaitApproval(DateTimeOffset Until) : Duty;

    /// <summary>Run the next command of the plan.</summary>
    public sealed record RunCommand(PlannedCommand Command) : Duty;

    /// <summary>Find out whether an action was done.</summary>
    public sealed record Recheck(ActionEntry Action) : Duty;

    /// <summary>Begin the proof.</summary>
    public sealed record StartVerification : Duty;

    /// <summary>Make a round of checks.</summary>
    public sealed record Verify : Duty;

    /// <summary>Give it to a person.</summary>
    public sealed record HandOver(string Reason) : Duty;

    /// <summary>End it.</summary>
    public sealed record Close : Duty;

    /// <summary>Write the post-mortem.</summary>
    public sealed record WritePostmortem : Duty;

    /// <summary>Nothing any more.</summary>
    public sealed record Done : Duty;
}
