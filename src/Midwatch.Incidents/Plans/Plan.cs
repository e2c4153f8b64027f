using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Midwatch.Incidents.Actions;

namespace Midwatch.Incidents.Plans;

/// <summary>
/// The chosen scenario's steps, bound to this incident, each with the policy's decision, under one seal.
/// </summary>
public sealed record Plan
{
    /// <summary>What is to be done.</summary>
    public required PlanDraft Draft { get; init; }

    /// <summary>What the approvals are good for.</summary>
    public required Seal Seal { get; init; }

    /// <summary>How many different people must approve: the most that any part asks.</summary>
    [JsonIgnore]
    public int ApprovalsNeeded => Seal.ApprovalsNeeded;

    /// <summary>The commands to run, in order.</summary>
    [JsonIgnore]
    public ImmutableArray<PlannedCommand> Commands => Draft.Commands;

    /// <summary>Every reason for which the plan cannot be run as it stands; empty when it can.</summary>
    [JsonIgnore]
    public ImmutableArray<Refusal> Refusals => [.. Draft.Commands.SelectMany(command => command.Refusals)];

    /// <summary>True when nothing in it does more than read.</summary>
    [JsonIgnore]
    public bool OnlyReads => !Draft.Commands.Any(command => command.IsActing);

    /// <summary>Finds a command of the plan.</summary>
    /// <exception cref="InvalidOperationException">The plan has no such command.</exception>
    public PlannedCommand Command(string id) => Draft.Commands.First(command => command.Id == id);
}
