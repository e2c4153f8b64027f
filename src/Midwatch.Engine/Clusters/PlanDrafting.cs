using System.Collections.Immutable;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Diagnosis.Scenarios;
using Midwatch.Execution.Places;
using Midwatch.Execution.Sealing;
using Midwatch.Execution.Steps;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Plans;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Engine.Clusters;

/// <summary>
/// Binds one scenario's commands: what they would start, on which objects, and what keeps them from it.
/// </summary>
internal sealed class PlanDrafting(
    BoundCluster cluster, StepRunner preview, Procedure procedure, ImmutableArray<RunbookDiagnostic> diagnostics)
{
    // Policy decides what may run; the preview only says what would.
    private static readonly Allowance Anything = new()
    {
        Most = Effect.Destroy, TemporaryPods = true, SyntheticRequests = true, SecretOutput = true,
    };

    internal async Task<ImmutableArray<PlannedCommand>> CommandsAsync(
        Scenario scenario, ImmutableArray<BranchCommand> branches, CancellationToken cancellationToken)
    {
        var commands = ImmutableArray.CreateBuilder<PlannedCommand>();
        foreach (var step in scenario.Steps)
        {
            foreach (var command in step.Commands.Where(command => IsKept(command, branches)))
            {
                commands.Add(await BindAsync(step, command, cancellationToken));
            }
        }

        return commands.ToImmutable();
    }

    internal async Task<ImmutableArray<PlannedCommand>> VerificationAsync(CancellationToken cancellationToken)
    {
        var commands = ImmutableArray.CreateBuilder<PlannedCommand>();
        foreach (var step in procedure.Steps.Where(step => step.Phase == Phase.Verify))
        {
            foreach (var command in step.Commands)
            {
                commands.Add(await BindAsync(step, command, cancellationToken));
            }
        }

        return commands.ToImmutable();
    }

    internal static ImmutableArray<LeftOutCommand> LeftOut(Scenario scenario, ImmutableArray<BranchCommand> branches) =>
    [
        .. scenario.Steps.SelectMany(step => step.Commands)
            .Join(branches.Where(branch => !branch.Kept), command => command.Id,
                branch => branch.CommandId, (command, branch) =>
                new LeftOutCommand(command.Id, command.Text, command.Span.Line, branch.Why)),
    ];

    internal static ImmutableArray<HumanStep> HumanSteps(Scenario scenario) =>
    [
        .. scenario.Steps.Where(step => step.Kind != StepKind.Commands).Select(step =>
            new HumanStep(step.Id, step.Title, step.Narrative ?? step.Title, step.Line, [])),
    ];

    internal static ImmutableArray<string> Questions(Decision decision) =>
        decision is Decision.Ask ask ? [.. ask.Questions.Select(question => question.Text)] : [];

    /// <summary>Looks at the objects that a command acts on.</summary>
    internal async Task<ImmutableArray<TargetSnapshot>> TargetsAsync(
        CommandEffect effect, CancellationToken cancellationToken)
    {
        var targets = Parts(effect).Where(part => part.Effect != Effect.Read && !part.Marks.HasFlag(Marks.Local))
            .Select(part => part.Target).OfType<TargetReference>().Where(target => target.Kind != "url").Distinct();
        var snapshots = ImmutableArray.CreateBuilder<TargetSnapshot>();
        foreach (var target in targets)
        {
            if (await cluster.LookAsync(target, cancellationToken) is TargetLook.Seen { Sighting: var seen })
            {
                snapshots.Add(Snapshot(seen));
            }
        }

        return [.. snapshots.DistinctBy(snapshot => snapshot.Key)];
    }

    internal static TargetSnapshot Snapshot(TargetSighting seen) => new()
    {
        Kind = seen.Kind,
        Namespace = seen.Namespace,
        Name = seen.Name,
        Selector = seen.Selector,
        Uids = seen.Uids,
        Generation = seen.Generation,
        SpecHash = seen.SpecHash,
    };

    private static bool IsKept(StepCommand command, ImmutableArray<BranchCommand> branches) =>
        branches.FirstOrDefault(branch => branch.CommandId == command.Id) is not { Kept: false };

    private static IEnumerable<CommandEffect> Parts(CommandEffect effect) =>
        effect.Parts.IsDefaultOrEmpty ? [effect] : effect.Parts.SelectMany(Parts).Append(effect);

    private async Task<PlannedCommand> BindAsync(Step step, StepCommand command, CancellationToken cancellationToken)
    {
        var bound = preview.Preview(command, Anything);
        var targets = command.Effect.Effect == Effect.Read ? [] : await TargetsAsync(command.Effect, cancellationToken);
        var space = command.Effect.Target?.Namespace ?? targets.FirstOrDefault()?.Namespace;
        return new PlannedCommand
        {
            Id = command.Id,
            StepId = step.Id,
            StepTitle = step.Title,
            Text = command.Text,
            Line = command.Span.Line,
            Column = command.Span.Column,
            Effect = command.Effect.Effect,
            Marks = command.Effect.Marks,
            Action = command.Effect.Action,
            ArgumentVectors = bound.ArgumentVectors,
            Targets = targets,
            Namespace = space,
            IsInScope = space is null || procedure.Scope.Namespaces.Contains(space),
            IsIdempotent = ActionTraits.IsIdempotent(command.Effect),
            Inverse = ActionTraits.Inverse(command.Effect, targets),
            Refusals = DocumentRefusals.Join(command, CommandRecords.Of(bound.Refusals), diagnostics),
        };
    }
}
