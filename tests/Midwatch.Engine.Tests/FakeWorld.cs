using System.Collections.Immutable;
using Midwatch.Engine.Ports;
using Midwatch.Incidents;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Tests;
using Midwatch.Incidents.Verification;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Engine.Tests;

/// <summary>A small world behind the engine's ports: one deployment that one undo mends.</summary>
internal sealed class FakeWorld : IDiagnosisRun, IActionRun, IVerificationRun, IAlertSource, IClusterGuard
{
    private int _undone;

    public int Undone => _undone;

    public int Diagnoses { get; private set; }

    public List<string> Ran { get; } = [];

    /// <summary>Whether the undo mends anything.</summary>
    public bool UndoHelps { get; set; } = true;

    /// <summary>What the diagnosis says each time; the last one stays.</summary>
    public Queue<RankingDigest> Rankings { get; } = new([Samples.Ranking()]);

    public Func<PlanDraft> Draft { get; set; } = () => Samples.Draft();

    /// <summary>Called in the middle of the undo, after the deed.</summary>
    public Func<CancellationToken, Task> DuringUndo { get; set; } = _ => Task.CompletedTask;

    public CheckVerdict AlertIsOver { get; set; } = CheckVerdict.CouldNotTell;

    public RecheckVerdict? Recheck { get; set; }

    public ClusterSight Cluster { get; set; } = new ClusterSight.Seen(Samples.Cluster);

    public string? Frozen { get; set; }

    public Exception? DiagnosisFails { get; set; }

    public ImmutableArray<CheckResult>? Checks { get; set; }

    public bool Ended { get; private set; }

    private bool IsMended => _undone % 2 == 1 && UndoHelps;

    public async Task<DiagnosisAnswer> DiagnoseAsync(
        DiagnosisRequest request,
        Func<CommandRecord, CancellationToken, Task> observed,
        CancellationToken cancellationToken)
    {
        Diagnoses++;
        if (DiagnosisFails is { } failure)
        {
            throw failure;
        }

        await observed(Samples.Record("c0"), cancellationToken);
        var ranking = Rankings.Count > 1 ? Rankings.Dequeue() : Rankings.Peek();
        return request.StruckOut.IsEmpty
            ? new DiagnosisAnswer(Samples.Evidence(), ranking)
            : new DiagnosisAnswer(
                Samples.Evidence(),
                Samples.Ranking(RankingVerdict.Abstain, null) with { Reason = "No scenario is left." });
    }

    public Task<PlanDraft> PrepareAsync(PlanRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(Draft());

    public Task<Sighting> LookAgainAsync(PlannedStep step, CancellationToken cancellationToken) =>
        Task.FromResult(Samples.Seen(_undone == 0 ? Samples.Front : Samples.FrontAfter));

    public async Task<ActionOutcome> RunAsync(PlannedStep step, CancellationToken cancellationToken)
    {
        Ran.Add(step.Command.Id);
        if (step.Command.Effect == Effect.Read)
        {
            return new ActionOutcome(Samples.Record(step.Command.Id), []);
        }

        Interlocked.Increment(ref _undone);
        await DuringUndo(cancellationToken);
        return Samples.Outcome();
    }

    public Task<RecheckAnswer> RecheckAsync(
        IncidentId incident, ActionEntry action, CancellationToken cancellationToken) =>
        Task.FromResult(new RecheckAnswer(
            Recheck ?? (_undone > 0 ? RecheckVerdict.Done : RecheckVerdict.NotDone), "Looked at the generation."));

    public Task EndAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        Ended = true;
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<CheckResult>> CheckAsync(
        VerificationRequest request,
        Func<CommandRecord, CancellationToken, Task> observed,
        CancellationToken cancellationToken) =>
        Task.FromResult(Checks ?? [Samples.Check("ready", IsMended ? CheckVerdict.Met : CheckVerdict.Unmet)]);

    public Task<SourceAnswer> AskAsync(Alert alert, CancellationToken cancellationToken) =>
        Task.FromResult(new SourceAnswer(AlertIsOver, "Asked Prometheus."));

    public Task<ClusterSight> IdentifyAsync(CancellationToken cancellationToken) => Task.FromResult(Cluster);

    public Task<string?> WhyFrozenAsync(CancellationToken cancellationToken) => Task.FromResult(Frozen);
}
