using Midwatch.Engine.Ports;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Tests;
using Midwatch.Incidents.Verification;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Engine.Tests;

public sealed class EngineTests : IAsyncLifetime
{
    private readonly EngineStage _stage = new();

    public async ValueTask InitializeAsync() => await _stage.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task An_alert_is_diagnosed_approved_healed_proven_and_written_down()
    {
        await _stage.PushAsync(Samples.Alert());
        await ApproveAsync();
        await _stage.WaitForAsync<IncidentEvent.VerificationStarted>();
        await _stage.ResolveAsync();
        var end = await _stage.EndAsync();

        Assert.Equal(IncidentOutcome.Recovered, end.Outcome);
        Assert.True(end.IsHealed);
        Assert.Equal(1, _stage.World.Undone);
        Assert.Equal(["c1", "c2", "c3"], _stage.World.Ran);
        Assert.True(_stage.World.Ended);
        Assert.Contains("recovered, and proven", await File.ReadAllTextAsync(
            Assert.IsType<string>(end.PostmortemPath), TestContext.Current.CancellationToken),
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_alert_may_also_be_resolved_by_asking_its_source()
    {
        await _stage.PushAsync(Samples.Alert());
        await ApproveAsync();
        await _stage.WaitForAsync<IncidentEvent.VerificationStarted>();
        _stage.World.AlertIsOver = CheckVerdict.Met;
        Assert.Equal(IncidentOutcome.Recovered, (await _stage.EndAsync()).Outcome);
        Assert.Contains(
            _stage.Events(), happened => happened is IncidentEvent.AlertResolved { Source: ResolutionSource.Asked });
    }

    [Fact]
    public async Task While_the_alert_fires_or_cannot_be_asked_nothing_counts_as_recovered()
    {
        await _stage.PushAsync(Samples.Alert());
        await ApproveAsync();
        await _stage.WaitForAsync<IncidentEvent.VerificationStarted>();
        var end = await _stage.EndAsync();
        Assert.Equal(IncidentOutcome.NotHealed, end.Outcome);
        Assert.Equal(1, _stage.World.Undone);
        Assert.Contains(_stage.Events(), happened => happened is IncidentEvent.ScenarioStruckOut);
    }

    [Fact]
    public async Task An_action_that_does_not_help_is_not_tried_again()
    {
        _stage.World.UndoHelps = false;
        await _stage.PushAsync(Samples.Alert());
        await ApproveAsync();
        await _stage.WaitForAsync<IncidentEvent.VerificationStarted>();
        await _stage.ResolveAsync();
        var end = await _stage.EndAsync();
        Assert.False(end.IsHealed);
        Assert.Equal(1, _stage.World.Undone);
    }

    [Fact]
    public async Task A_new_alert_of_the_system_holds_up_the_proof_until_it_is_over()
    {
        await _stage.PushAsync(Samples.Alert());
        await ApproveAsync();
        await _stage.WaitForAsync<IncidentEvent.VerificationStarted>();
        var store = Samples.Alert("StoreDown", startsAt: Samples.Start.AddMinutes(1));
        await _stage.PushAsync(store);
        await _stage.WaitForAsync<IncidentEvent.AlertReceived>(e => e.Role == AlertRole.Related);
        await _stage.ResolveAsync();
        await AdvanceUntil<IncidentEvent.VerificationChecked>(
            e => e.Check is { Id: "new-alerts", Verdict: CheckVerdict.Unmet });
        Assert.DoesNotContain(_stage.Events(), happened => happened is IncidentEvent.SettlingStarted);

        await _stage.PushAsync(Samples.Alert("StoreDown", AlertStatus.Resolved, Samples.Start.AddMinutes(1)));
        await _stage.WaitForAsync<IncidentEvent.AlertResolved>(e => e.Fingerprint == store.Fingerprint);
        Assert.Equal(IncidentOutcome.Recovered, (await _stage.EndAsync()).Outcome);
    }

    [Fact]
    public async Task A_refused_plan_runs_nothing_and_is_handed_over()
    {
        _stage.World.Draft = () => Samples.Draft(
            Samples.Command("c1", Effect.Read),
            Samples.Command("c2", Effect.Change) with { Refusals = [new Refusal("aws is not installed.", 171, 1)] });
        await _stage.PushAsync(Samples.Alert());
        var end = await _stage.EndAsync();
        Assert.Equal(IncidentOutcome.HandedToHuman, end.Outcome);
        Assert.Empty(_stage.World.Ran);
        Assert.Contains("line 171, column 1: aws is not installed.", await PostmortemAsync(end),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_action_that_would_not_help_is_shown_and_not_done()
    {
        _stage.World.Rankings.Clear();
        _stage.World.Rankings.Enqueue(Samples.Ranking(RankingVerdict.WouldNotHelp));
        await _stage.PushAsync(Samples.Alert());
        var end = await _stage.EndAsync();
        Assert.Equal(IncidentOutcome.HandedToHuman, end.Outcome);
        Assert.Contains("NOT HEALED", await PostmortemAsync(end), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Separating_reads_may_find_what_was_missing()
    {
        _stage.World.Rankings.Clear();
        _stage.World.Rankings.Enqueue(Samples.Ranking(RankingVerdict.Separate, null));
        _stage.World.Rankings.Enqueue(Samples.Ranking());
        await _stage.PushAsync(Samples.Alert());
        await AdvanceUntil<IncidentEvent.ApprovalAsked>();
        Assert.Equal(2, _stage.World.Diagnoses);
    }

    [Fact]
    public async Task Nobody_answering_for_fifteen_minutes_escalates_and_hands_over()
    {
        await _stage.PushAsync(Samples.Alert());
        await _stage.WaitForAsync<IncidentEvent.ApprovalAsked>();
        await _stage.Time.WaitForTimerAsync(2);
        _stage.Time.Advance(TimeSpan.FromMinutes(15));
        await _stage.WaitForAsync<IncidentEvent.PostmortemWritten>();
        Assert.Equal(IncidentOutcome.HandedToHuman, _stage.Engine.Incidents[0].State.Outcome);
        Assert.Contains(_stage.Events(), happened => happened is IncidentEvent.ApprovalExpired);
        Assert.Contains(_stage.Events(), happened => happened is IncidentEvent.Escalated { Clock: "clock-1" });
        Assert.Equal(0, _stage.World.Undone);
    }

    [Fact]
    public async Task A_cluster_that_does_not_answer_is_a_persons_and_no_stack_trace()
    {
        _stage.World.Cluster =
            new ClusterSight.Unreachable("https://127.0.0.1:6443 refuses connections; start the cluster.");
        await _stage.PushAsync(Samples.Alert());
        var end = await _stage.EndAsync();
        Assert.Equal(IncidentOutcome.HandedToHuman, end.Outcome);
        Assert.Contains("refuses connections", Assert.IsType<string>(end.HandedOver), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_diagnosis_that_breaks_is_handed_over_with_its_message()
    {
        _stage.World.DiagnosisFails = new IOException("No space left on device");
        await _stage.PushAsync(Samples.Alert());
        var end = await _stage.EndAsync();
        Assert.Contains("(diagnosing): No space left", Assert.IsType<string>(end.HandedOver), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_freeze_stops_all_acting()
    {
        _stage.World.Frozen = "4 of 10 nodes are unready; acting is frozen.";
        await _stage.PushAsync(Samples.Alert());
        await ApproveAsync();
        await _stage.WaitForAsync<IncidentEvent.PostmortemWritten>();
        Assert.Equal(IncidentOutcome.HandedToHuman, _stage.Engine.Incidents[0].State.Outcome);
        Assert.Equal(0, _stage.World.Undone);
    }

    [Fact]
    public async Task A_storm_of_one_alert_becomes_one_incident_and_every_one_has_its_decision()
    {
        var storm = Enumerable.Range(0, 300).Select(i => Samples.Alert(pod: $"front-{i}")).ToArray();
        await Task.WhenAll(storm.Chunk(10).Select(part => _stage.PushAsync(part)));
        await Task.WhenAll(storm.Chunk(10).Select(part => _stage.PushAsync(part)));
        await _stage.WaitForAsync<IncidentEvent.AlertReceived>(e => e.Alert.Label("pod") == "front-299");
        await DecidedAsync(300);
        Assert.Single(_stage.Engine.Incidents);
        Assert.Equal(300, _stage.Engine.Incidents[0].State.Alerts.Length);
    }

    [Fact]
    public async Task An_alert_without_a_runbook_is_kept_with_the_reason_and_joins_the_incident_that_comes_later()
    {
        await _stage.PushAsync(Samples.Alert("DiskFull"));
        var decided = Assert.Single(await DecidedAsync(1));
        Assert.Equal(AlertDecision.NoProcedure, decided.Decision);
        Assert.Contains("No runbook binds the alert 'DiskFull'", decided.Reason, StringComparison.Ordinal);

        await _stage.PushAsync(Samples.Alert());
        var joined = await _stage.WaitForAsync<IncidentEvent.AlertReceived>(e => e.Alert.Name == "DiskFull");
        Assert.Equal(AlertRole.Related, joined.Role);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_fails_the_acceptance()
    {
        _stage.Store.Failure = new Incidents.Journal.StoreFailedException("The disk is full.", "Free space.");
        await Assert.ThrowsAsync<Incidents.Journal.StoreFailedException>(() => _stage.PushAsync(Samples.Alert()));
        _stage.Store.Failure = null;
        await _stage.PushAsync(Samples.Alert());
        await _stage.WaitForAsync<IncidentEvent.IncidentOpened>();
    }

    private static Task<string> PostmortemAsync(Incidents.IncidentState end) => File.ReadAllTextAsync(
        Assert.IsType<string>(end.PostmortemPath), TestContext.Current.CancellationToken);

    private async Task ApproveAsync() =>
        await _stage.ApproveAsync((await _stage.WaitForAsync<IncidentEvent.ApprovalAsked>()).Seal);

    private Task<T> AdvanceUntil<T>(Func<T, bool>? fits = null)
        where T : IncidentEvent => _stage.AdvanceUntilAsync(_stage.WaitForAsync(fits));

    private async Task<LedgerEvent.Decided[]> DecidedAsync(int count)
    {
        await foreach (var item in _stage.Engine.Feed.ReadAsync(0, TestContext.Current.CancellationToken))
        {
            if (item is Feed.FeedItem.OfLedger && _stage.Ledger().OfType<LedgerEvent.Decided>().Count() >= count)
            {
                break;
            }
        }

        return [.. _stage.Ledger().OfType<LedgerEvent.Decided>()];
    }
}
