using System.Collections.Immutable;
using Midwatch.Diagnosis;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Diagnosis.Scenarios;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Incidents.Plans;

/// <summary>What of a scenario is to be bound and run, what is left out and why, and what is a person's.</summary>
/// <param name="Kept">The commands to run, with their steps, in document order.</param>
/// <param name="Questions">Conditions that only a person can answer.</param>
public sealed record ScenarioSelection(
    ImmutableArray<(Step Step, StepCommand Command)> Kept,
    ImmutableArray<LeftOutCommand> LeftOut,
    ImmutableArray<HumanStep> HumanSteps,
    ImmutableArray<string> Questions)
{
    /// <summary>
    /// Selects by the ranking's branches: commands of other branches and with false conditions stay out.
    /// </summary>
    public static ScenarioSelection Of(Scenario scenario, RankedScenario ranked)
    {
        var branches = ranked.Branches.ToDictionary(branch => branch.CommandId, StringComparer.Ordinal);
        var kept = ImmutableArray.CreateBuilder<(Step, StepCommand)>();
        var leftOut = ImmutableArray.CreateBuilder<LeftOutCommand>();
        var human = ImmutableArray.CreateBuilder<HumanStep>();
        foreach (var step in scenario.Steps)
        {
            if (step.Kind == StepKind.Human)
            {
                human.Add(new HumanStep(step.Id, step.Title, step.Narrative ?? step.Title, step.Line, []));
            }

            foreach (var command in step.Commands)
            {
                if (WhyLeftOut(step, command, branches, ranked.Gates) is { } why)
                {
                    leftOut.Add(new LeftOutCommand(command.Id, command.Text, command.Span.Line, why));
                }
                else
                {
                    kept.Add((step, command));
                }
            }
        }

        return new ScenarioSelection(kept.ToImmutable(), leftOut.ToImmutable(), human.ToImmutable(), Asked(ranked));
    }

    private static string? WhyLeftOut(
        Step step, StepCommand command, Dictionary<string, BranchCommand> branches, ImmutableArray<GateResult> gates)
    {
        if (branches.TryGetValue(command.Id, out var branch) && !branch.Kept)
        {
            return branch.Why;
        }

        var closed = gates.FirstOrDefault(gate => gate.StepId == step.Id && gate.State == Truth.False
            && (gate.CommandId is null || gate.CommandId == command.Id));
        return closed is null ? null : $"\"{closed.Text}\" does not hold: {closed.Why}";
    }

    private static ImmutableArray<string> Asked(RankedScenario ranked) => ranked.Gates.IsDefaultOrEmpty
        ? []
        : [.. ranked.Gates.Where(gate => gate.State == Truth.Unknown && gate.Predicate is null)
            .Select(gate => gate.Text).Distinct()];
}
