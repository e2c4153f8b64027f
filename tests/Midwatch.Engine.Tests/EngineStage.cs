using System.Collections.Immutable;
using Midwatch.Engine.Feed;
using Midwatch.Engine.Ports;
using Midwatch.Incidents;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Policies;
using Midwatch.Incidents.Procedures;
using Midwatch.Incidents.Tests;
using Midwatch.Runbooks;
using Midwatch.Runbooks.Procedures;
using Midwatch.Testing;

namespace Midwatch.Engine.Tests;

/// <summary>An engine over the fake world, with a clock that the test moves.</summary>
internal sealed class EngineStage : IAsyncDisposable
{
    private static readonly TimeSpan PatienceMost = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("midwatch-engine-");
    private IncidentEngine? _engine;

    public static IncidentId First { get; } = IncidentId.FromNumber(1);

    public FakeWorld World { get; } = new();

    public MemoryEventStore Store { get; } = new();

    public ManualTimeProvider Time { get; } = new(Samples.Start);

    public IncidentEngine Engine => _engine ?? throw new InvalidOperationException("Not started.");

    public async Task<IncidentEngine> StartAsync(CancellationToken cancellationToken)
    {
        var options = new EngineOptions
        {
            Catalog = new ProcedureCatalog([Runbook()]),
            DataDirectory = _folder.FullName,
            Restraint = new Restraint { Settling = TimeSpan.FromSeconds(10) },
        };
        var ports = new EnginePorts
        {
            Store = Store, Diagnosis = World, Actions = World, Verification = World, AlertSource = World,
            Guard = World, Time = Time,
        };
        return _engine = await IncidentEngine.StartAsync(options, ports, cancellationToken);
    }

    public async Task StopAsync()
    {
        if (_engine is { } engine)
        {
            _engine = null;
            await engine.DisposeAsync();
        }
    }

    public Task PushAsync(params Alert[] alerts) =>
        Engine.AcceptAsync([.. alerts], TestContext.Current.CancellationToken);

    /// <summary>The source of the opening alert says that it is over; waits until the incident knows.</summary>
    public async Task ResolveAsync()
    {
        await PushAsync(Samples.Alert(status: AlertStatus.Resolved));
        await WaitForAsync<IncidentEvent.AlertResolved>();
    }

    public Task ApproveAsync(string seal) => Engine.ApproveAsync(
        First, seal, Samples.Ada, ApprovalMethod.Terminal, TestContext.Current.CancellationToken);

    /// <summary>Waits for an event of the first incident; the clock stands still.</summary>
    public async Task<T> WaitForAsync<T>(Func<T, bool>? fits = null)
        where T : IncidentEvent
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(PatienceMost);
        await foreach (var item in Engine.Feed.ReadAsync(0, patience.Token))
        {
            if (item is FeedItem.OfIncident { Event: T happened } && (fits is null || fits(happened)))
            {
                return happened;
            }
        }

        throw new InvalidOperationException("The feed ended.");
    }

    /// <summary>Moves the clock until the incident has ended.</summary>
    public async Task<IncidentState> EndAsync()
    {
        await WaitForAsync<IncidentEvent.IncidentOpened>();
        return await AdvanceUntilAsync(Engine.WaitForEndAsync(First, TestContext.Current.CancellationToken));
    }

    /// <summary>
    /// Moves the clock from timer to timer, each time only once the engine stands still: its two timers, the runbook's
    /// clock and whatever the incident waits for, are armed then.
    /// </summary>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> awaited)
    {
        while (!awaited.IsCompleted)
        {
            var still = Task.WhenAny(awaited, Time.WaitForTimerAsync(2));
            if (await Task.WhenAny(still, Task.Delay(PatienceMost, TimeProvider.System)) != still)
            {
                var told =
                    Events().Select(happened => $"{happened.At:HH:mm:ss} {Postmortems.Timeline.Describe(happened)}");
                Assert.Fail($"It hangs at {Time.GetUtcNow():HH:mm:ss} after\n{string.Join('\n', told)}");
            }

            if (!awaited.IsCompleted)
            {
                Time.AdvanceToNextTimer();
            }
        }

        return await awaited;
    }

    public ImmutableArray<IncidentEvent> Events() => [.. Store.Entries
        .Where(stored => stored.Stream == Incidents.Journal.StreamId.Of(First))
        .Select(Incidents.Journal.EventCodec.DecodeIncident)];

    public ImmutableArray<LedgerEvent> Ledger() => [.. Store.Entries
        .Where(stored => stored.Stream == Incidents.Journal.StreamId.Alerts)
        .Select(Incidents.Journal.EventCodec.DecodeLedger)];

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Delete(recursive: true);
    }

    private static Runbook Runbook() => new()
    {
        Path = "runbooks/front.md",
        Title = "Front down",
        Text = "# Front down\n\n**Alert**: `FrontDown`\n\n## Impact\n\nNobody can buy anything.\n\n"
            + "## Afterwards\n\n1. Write down the root cause\n- [ ] Tell the customers\n\n## End\n",
        Hash = "0f0f",
        Nodes = [],
        Diagnostics = [],
        Procedures =
        [
            new Procedure
            {
                Id = "front-down",
                Title = "Front down",
                Kind = ProcedureKind.Alert,
                Line = 1,
                Alerts = [new AlertBinding("FrontDown", 3)],
                Severity = "critical",
                Scope = new Scope(["shop"], [], []),
                Sections = [new Section(Phase.Context, "Impact", 5), new Section(Phase.Postincident, "Afterwards", 9)],
                Steps = [],
                Scenarios = [],
                Rules = [],
                Escalations = [new Escalation(TimeSpan.FromMinutes(15), "alert", "@lead", "It persists", 90)],
                Preventions = [new Prevention("Add a budget", "text", null, 60)],
                RelatedAlerts = [new RelatedAlert("StoreDown", "May be the cause.", 100)],
            },
        ],
    };
}
