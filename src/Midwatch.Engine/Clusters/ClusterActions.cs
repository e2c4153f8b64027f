using System.Collections.Concurrent;
using System.Collections.Immutable;
using Midwatch.Diagnosis;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Diagnosis.Scenarios;
using Midwatch.Engine.Ports;
using Midwatch.Execution.Places;
using Midwatch.Execution.Steps;
using Midwatch.Incidents;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Procedures;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Engine.Clusters;

/// <summary>
/// Binds and runs the chosen scenario on the bound cluster, in one session for each plan and identity.
/// </summary>
public sealed class ClusterActions(BoundCluster cluster, ProcedureCatalog catalog) : IActionRun, IAsyncDisposable
{
    private readonly ConcurrentDictionary<(IncidentId Incident, bool Acts), StepRunner> _sessions = new();

    /// <inheritdoc/>
    public async Task<PlanDraft> PrepareAsync(PlanRequest request, CancellationToken cancellationToken)
    {
        var (runbook, procedure, scenario) = Find(request.Procedure, request.ScenarioId);
        var (decision, branches) = await RankAgainAsync(request, procedure, cancellationToken);
        await using var preview = cluster.OpenSession($"{request.Incident}-preview", acts: true,
            ImmutableSortedDictionary<string, string>.Empty);
        var drafting = new PlanDrafting(cluster, preview, procedure, runbook.Diagnostics);
        return new PlanDraft
        {
            ScenarioId = scenario.Id,
            Heading = scenario.Heading,
            Line = scenario.Line,
            Cluster = request.Cluster,
            FindingsHash = request.Evidence.FindingsHash,
            Commands = await drafting.CommandsAsync(scenario, branches, cancellationToken),
            LeftOut = PlanDrafting.LeftOut(scenario, branches),
            HumanSteps = PlanDrafting.HumanSteps(scenario),
            Questions = PlanDrafting.Questions(decision),
            Verification = await drafting.VerificationAsync(cancellationToken),
        };
    }

    /// <inheritdoc/>
    public async Task<Sighting> LookAgainAsync(PlannedStep step, CancellationToken cancellationToken)
    {
        var (identity, _) = await cluster.IdentifyAsync(cancellationToken);
        var targets = await TargetsAsync(step, cancellationToken);
        return new Sighting(identity is null ? null : ClusterGuard.Of(identity), targets);
    }

    /// <inheritdoc/>
    public async Task<ActionOutcome> RunAsync(PlannedStep step, CancellationToken cancellationToken)
    {
        var (stepTitle, command) = Command(step);
        var allowance = new Allowance
        {
            Most = step.Command.Effect,
            SyntheticRequests = step.Command.Marks.HasFlag(Marks.Synthetic),
            Sealed = step.Command.ArgumentVectors,
        };
        var outcome = await Session(step).RunAsync(command, allowance, cancellationToken);
        var after = step.Command.IsActing ? await TargetsAsync(step, cancellationToken) : [];
        return new ActionOutcome(CommandRecords.Of(command, stepTitle, outcome), after);
    }

    /// <inheritdoc/>
    public async Task<RecheckAnswer> RecheckAsync(
        IncidentId incident, ActionEntry action, CancellationToken cancellationToken)
    {
        foreach (var before in action.Intent.Before.Where(target => target.Generation is not null))
        {
            var reference = new TargetReference(before.Kind, before.Name, before.Namespace, before.Selector);
            if (await cluster.LookAsync(reference, cancellationToken)
                is not Execution.Sealing.TargetLook.Seen { Sighting: var now })
            {
                return new(RecheckVerdict.CouldNotTell, $"{before.Display} could not be looked at.");
            }

            return now.Generation == before.Generation
                ? new(RecheckVerdict.NotDone, $"{before.Display} is still at generation {before.Generation}.")
                : now.Generation == before.Generation + 1
                    ? new(RecheckVerdict.Done, $"{before.Display} is one generation further.")
                    : new(RecheckVerdict.CouldNotTell, $"{before.Display} moved on by more than one generation.");
        }

        return new(RecheckVerdict.CouldNotTell, "Nothing that it acted on counts its changes.");
    }

    /// <inheritdoc/>
    public async Task EndAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        foreach (var acts in (bool[])[false, true])
        {
            if (_sessions.TryRemove((incident, acts), out var session))
            {
                await session.DisposeAsync();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in _sessions.Values)
        {
            await session.DisposeAsync();
        }

        _sessions.Clear();
    }

    private (Runbook Runbook, Procedure Procedure, Scenario Scenario) Find(ProcedureBrief brief, string scenarioId)
    {
        var (runbook, procedure) = catalog.Resolve(brief)
            ?? throw new InvalidOperationException("The runbook has changed since the incident began.");
        return (runbook, procedure, procedure.Scenarios.First(scenario => scenario.Id == scenarioId));
    }

    // The ranking is a function of the evidence file, so its details need not be stored twice.
    private static async Task<(Decision Decision, ImmutableArray<BranchCommand> Branches)> RankAgainAsync(
        PlanRequest request, Procedure procedure, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(request.Evidence.Path, cancellationToken);
        if (EvidenceJson.Read(text) is not EvidenceReading.Done { Evidence: var evidence })
        {
            throw new InvalidDataException($"{request.Evidence.Path} is no evidence file any more.");
        }

        var ranking = Ranker.Rank(procedure, evidence, CauseCatalog.Default(), [.. request.StruckOut]);
        return (ranking.Decision, ranking.Scenarios.First(scenario => scenario.Id == request.ScenarioId).Branches);
    }

    private Task<ImmutableArray<TargetSnapshot>> TargetsAsync(PlannedStep step, CancellationToken cancellationToken)
    {
        var (runbook, procedure, _) = Find(step.Procedure, step.Plan.Draft.ScenarioId);
        return new PlanDrafting(cluster, Session(step), procedure, runbook.Diagnostics)
            .TargetsAsync(Command(step).Command.Effect, cancellationToken);
    }

    private (string StepTitle, StepCommand Command) Command(PlannedStep step)
    {
        var scenario = Find(step.Procedure, step.Plan.Draft.ScenarioId).Scenario;
        return scenario.Steps.SelectMany(each => each.Commands.Select(command => (each.Title, command)))
            .First(each => each.command.Id == step.Command.Id);
    }

    // Where the scenario sets something for later commands, all of it is one session; otherwise reads keep their own
    // identity.
    private StepRunner Session(PlannedStep step)
    {
        var scenario = Find(step.Procedure, step.Plan.Draft.ScenarioId).Scenario;
        var shared =
            scenario.Steps.SelectMany(each => each.Commands).Any(command => command.Effect.Program.Length == 0);
        var acts = step.Command.IsActing || shared;
        return _sessions.GetOrAdd((step.Incident, acts), key => cluster.OpenSession(
            $"{key.Incident}-{(key.Acts ? "acting" : "reading")}", key.Acts,
            ImmutableSortedDictionary<string, string>.Empty));
    }
}
