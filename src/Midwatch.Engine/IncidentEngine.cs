using System.Collections.Concurrent;
using System.Collections.Immutable;
using Midwatch.Engine.Actors;
using Midwatch.Engine.Feed;
using Midwatch.Engine.Intake;
using Midwatch.Engine.Ports;
using Midwatch.Engine.Postmortems;
using Midwatch.Incidents;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Procedures;

namespace Midwatch.Engine;

/// <summary>
/// Takes alerts in, runs one incident for each thing that broke, and keeps everything in the journal. Safe to call from
/// many threads. Starting it goes on with whatever a stopped one left open.
/// </summary>
public sealed class IncidentEngine : IAlertAcceptor, IAsyncDisposable
{
    private readonly EngineOptions _options;
    private readonly EnginePorts _ports;
    private readonly CancellationTokenSource _stop = new();
    private readonly ActingGate _gate = new();
    private readonly AlertLedgerActor _ledger;
    private readonly IncidentJournal _journal;
    private readonly IncidentRegistry _incidents;
    private readonly AlertIntake _intake;
    private readonly ConcurrentBag<Task> _running = [];
    private readonly TaskCompletionSource _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private IncidentEngine(EngineOptions options, EnginePorts ports, IncidentJournal journal, AlertLedger ledger)
    {
        (_options, _ports, _journal) = (options, ports, journal);
        _ledger = new AlertLedgerActor(journal, ledger);
        _incidents = new IncidentRegistry(journal, options.Restraint, ports.Time, Run);
        _intake = new AlertIntake(_ledger, ports.Time);
        Feed = new IncidentFeed(journal);
    }

    /// <summary>Everything that happened and happens.</summary>
    public IncidentFeed Feed { get; }

    /// <summary>Every incident of the data directory as it stands, oldest first.</summary>
    public ImmutableArray<(IncidentId Id, IncidentState State)> Incidents => _incidents.All;

    /// <summary>
    /// Fails when the engine cannot go on (the journal cannot be written); never completes otherwise. Watch it beside
    /// whatever is awaited.
    /// </summary>
    public Task Failure => _failed.Task;

    /// <summary>Reads the journal and goes on with what is open.</summary>
    /// <exception cref="Midwatch.Incidents.Journal.StoreFailedException">The journal cannot be read.</exception>
    public static async Task<IncidentEngine> StartAsync(
        EngineOptions options, EnginePorts ports, CancellationToken cancellationToken)
    {
        var journal = new IncidentJournal(ports.Store);
        var ledger = await journal.ReadLedgerAsync(cancellationToken);
        var states = await journal.ReadIncidentsAsync(cancellationToken);
        var engine = new IncidentEngine(options, ports, journal, ledger);
        engine.Restore(states);
        engine.Keep(engine._intake.RunAsync);
        engine.Keep(new AlertRouter(engine._ledger, engine._incidents, options.Catalog, ports.Time).RunAsync);
        return engine;
    }

    /// <inheritdoc />
    public Task<ImmutableArray<AlertReceipt>> AcceptAsync(
        ImmutableArray<Alert> alerts, CancellationToken cancellationToken) =>
        _intake.AcceptAsync(alerts, cancellationToken);

    /// <summary>Opens an incident without an alert: somebody named the procedure.</summary>
    public Task<IncidentId> OpenByHandAsync(
        ProcedureBrief procedure, Approver by, CancellationToken cancellationToken) =>
        _incidents.OpenAsync(new IncidentCommand.OpenByHand(procedure, by), cancellationToken);

    /// <summary>Says yes to the plan that waits under this seal.</summary>
    /// <returns>Null when it counts; otherwise why it does not.</returns>
    public async Task<string?> ApproveAsync(
        IncidentId incident, string seal, Approver by, ApprovalMethod method, CancellationToken cancellationToken) =>
        WhyNot(await _incidents.ExecuteAsync(
            incident, new IncidentCommand.Approve(seal, by, method), cancellationToken));

    /// <summary>Says no to the plan that waits under this seal.</summary>
    /// <returns>Null when it counts; otherwise why it does not.</returns>
    public async Task<string?> RejectAsync(
        IncidentId incident, string seal, Approver by, string reason, CancellationToken cancellationToken) =>
        WhyNot(await _incidents.ExecuteAsync(
            incident, new IncidentCommand.Reject(seal, by, reason), cancellationToken));

    /// <summary>Notes something for the post-mortem.</summary>
    public Task AddNoteAsync(IncidentId incident, string by, string text, CancellationToken cancellationToken) =>
        _incidents.ExecuteAsync(incident, new IncidentCommand.AddNote(by, text), cancellationToken);

    /// <summary>Waits until an incident is closed and its post-mortem is written.</summary>
    /// <exception cref="ArgumentException">There is no such incident.</exception>
    public async Task<IncidentState> WaitForEndAsync(IncidentId incident, CancellationToken cancellationToken)
    {
        var actor = _incidents.Find(incident)
            ?? throw new ArgumentException($"There is no incident {incident}.", nameof(incident));
        while (true)
        {
            var change = actor.NextChange;
            if (actor.State is { IsClosed: true, PostmortemPath: not null } ended)
            {
                return ended;
            }

            await (await Task.WhenAny(change, Failure).WaitAsync(cancellationToken));
        }
    }

    /// <summary>
    /// Stops. What runs is ended; what was intended and not finished is looked at again by the next engine.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var task in _running)
        {
            await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _incidents.Dispose();
        _ledger.Dispose();
        _gate.Dispose();
        _stop.Dispose();
    }

    private static string? WhyNot(Decision decision) => (decision as Decision.Refused)?.Reason;

    private void Restore(ImmutableSortedDictionary<int, IncidentState> states)
    {
        var intents = states.Values.SelectMany(state => state.Actions).OrderBy(action => action.IntendedAt);
        foreach (var action in intents)
        {
            _gate.Count(action.Intent.Namespace, action.IntendedAt);
        }

        foreach (var (number, state) in states)
        {
            var actor = _incidents.Restore(number, state);
            if (!state.IsClosed || state.PostmortemPath is null)
            {
                Run(actor);
            }
        }
    }

    private void Run(IncidentActor actor)
    {
        var postmortem = new PostmortemFile(_journal, _options.DataDirectory);
        var runner = new IncidentRunner(actor, _options, _ports, _gate, postmortem);
        var clocks = new ClockKeeper(actor, _ports.Time);
        Keep(async cancellationToken =>
        {
            await clocks.RingDueAsync(cancellationToken);
            Keep(clocks.RunAsync);
            await runner.RunAsync(cancellationToken);
        });
    }

    private void Keep(Func<CancellationToken, Task> work) => _running.Add(GuardAsync(work));

    private async Task GuardAsync(Func<CancellationToken, Task> work)
    {
        // Off the caller's thread: an alert is not answered later because its incident starts.
        await Task.Yield();
        try
        {
            await work(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopping is how this ends.
            return;
        }
        catch (Exception problem) when (!_stop.IsCancellationRequested)
        {
            // The engine's own boundary: nothing may go on without one of its parts.
            _failed.TrySetException(problem);
        }
    }
}
