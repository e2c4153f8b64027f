using System.Collections.Immutable;
using Midwatch.Diagnosis.Inference;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis.Scenarios;

/// <summary>
/// One scenario, held against one cause at one subject: what of it would be done, and whether that would help.
/// </summary>
internal sealed record Assessment
{
    public required Scenario Scenario { get; init; }

    public required ScenarioLink Link { get; init; }

    public required ScoredCause Cause { get; init; }

    public required ImmutableArray<GateResult> Gates { get; init; }

    public required ImmutableArray<HelpCheck> HelpChecks { get; init; }

    public required ImmutableArray<BranchCommand> Branches { get; init; }

    /// <summary>
    /// Action and target of each helpful command that stays: what tells two scenarios' actions apart.
    /// </summary>
    public required ImmutableSortedSet<string> Actions { get; init; }

    /// <summary>The worst effect among the commands that stay.</summary>
    public required Effect WorstEffect { get; init; }

    public int Lo => Link.Strength * Cause.Ranked.Lo / 100;

    public int Hi => Link.Strength * Cause.Ranked.Hi / 100;

    public Subject Subject => Cause.Ranked.Subject;

    /// <summary>Whether something that helps would be done, and nothing that harms.</summary>
    public bool WouldHelp => Actions.Count > 0
        && HelpChecks.Where(check => Kept(check.CommandId)).All(check => check.Help is Help.Helps or Help.Neutral);

    /// <summary>Conditions before what would be done that could not be told, or that a person has to answer.</summary>
    public ImmutableArray<GateResult> OpenGates =>
        [.. Gates.Where(gate => gate.State == Truth.Unknown && (gate.CommandId is not { } id || Kept(id)))];

    public bool Kept(string commandId) => Branches.Any(branch => branch.Kept && branch.CommandId == commandId);
}
