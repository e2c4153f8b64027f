using System.Collections.Immutable;
using Midwatch.Incidents.Cluster;

namespace Midwatch.Incidents.Plans;

/// <summary>The chosen scenario bound to the incident, before policy and seal.</summary>
public sealed record PlanDraft
{
    /// <summary>The scenario's id in the document.</summary>
    public required string ScenarioId { get; init; }

    /// <summary>The scenario's heading as written.</summary>
    public required string Heading { get; init; }

    /// <summary>The heading's line.</summary>
    public required int Line { get; init; }

    /// <summary>The cluster that everything was looked at on.</summary>
    public required ClusterIdentity Cluster { get; init; }

    /// <summary>The typed findings that chose the scenario.</summary>
    public required string FindingsHash { get; init; }

    /// <summary>What is to be run, in order; reads of the scenario included.</summary>
    public required ImmutableArray<PlannedCommand> Commands { get; init; }

    /// <summary>What of the scenario is not run, each with the reason.</summary>
    public required ImmutableArray<LeftOutCommand> LeftOut { get; init; }

    /// <summary>What the scenario asks of a person.</summary>
    public required ImmutableArray<HumanStep> HumanSteps { get; init; }

    /// <summary>
    /// Conditions of the text that only a person can answer; approving the plan answers each with yes.
    /// </summary>
    public required ImmutableArray<string> Questions { get; init; }

    /// <summary>The runbook's verification, approved together with the plan.</summary>
    public required ImmutableArray<PlannedCommand> Verification { get; init; }
}

/// <summary>A command of the chosen scenario that is not run.</summary>
public sealed record LeftOutCommand(string Id, string Text, int Line, string Reason);

/// <summary>A step for a person.</summary>
public sealed record HumanStep(string StepId, string Title, string Text, int Line, ImmutableArray<string> Reasons);
