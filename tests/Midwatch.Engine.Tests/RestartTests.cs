using Midwatch.Incidents;
using Midwatch.Incidents.Actions;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Tests;

namespace Midwatch.Engine.Tests;

/// <summary>An engine is stopped in the middle, and another goes on over the same journal.</summary>
public sealed class RestartTests : IAsyncDisposable
{
    private readonly EngineStage _stage = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_plan_that_waits_is_still_there_for_the_next_engine()
    {
        await _stage.StartAsync(Token);
        await _stage.PushAsync(Samples.Alert());
        var asked = await _stage.WaitForAsync<IncidentEvent.ApprovalAsked>();
        await _stage.StopAsync();

        await _stage.StartAsync(Token);
        await _stage.ApproveAsync(asked.Seal);
        await _stage.WaitForAsync<IncidentEvent.VerificationStarted>();
        Assert.Equal(1, _stage.World.Undone);
        Assert.Equal(1, _stage.World.Diagnoses);
    }

    [Fact]
    public async Task An_action_that_was_done_when_the_stop_came_is_not_done_again()
    {
        await StopDuringTheUndoAsync();
        await _stage.StartAsync(Token);
        await _stage.WaitForAsync<IncidentEvent.VerificationStarted>();
        await _stage.ResolveAsync();
        Assert.True((await _stage.EndAsync()).IsHealed);
        Assert.Equal(1, _stage.World.Undone);
        Assert.Contains(
            _stage.Events(), happened => happened is IncidentEvent.ActionRechecked { Verdict: RecheckVerdict.Done });
    }

    [Fact]
    public async Task An_action_of_which_nothing_can_be_told_is_put_to_a_person()
    {
        await StopDuringTheUndoAsync();
        _stage.World.Recheck = RecheckVerdict.CouldNotTell;
        await _stage.StartAsync(Token);
        var end = await _stage.EndAsync();
        Assert.Equal(IncidentOutcome.NotHealed, end.Outcome);
        Assert.Equal(1, _stage.World.Undone);
    }

    [Fact]
    public async Task An_accepted_alert_that_was_not_routed_yet_is_routed_by_the_next_engine()
    {
        var ledger = Incidents.Journal.EventCodec.Encode(new LedgerEvent.Accepted(Samples.Start, Samples.Alert()));
        await _stage.Store.AppendAsync(Incidents.Journal.StreamId.Alerts, 0, [ledger], Token);
        await _stage.StartAsync(Token);
        await _stage.WaitForAsync<IncidentEvent.IncidentOpened>();
    }

    [Fact]
    public async Task An_alert_whose_decision_was_lost_in_a_stop_opens_no_second_incident()
    {
        await _stage.StartAsync(Token);
        await _stage.PushAsync(Samples.Alert());
        await _stage.WaitForAsync<IncidentEvent.ApprovalAsked>();
        await _stage.StopAsync();

        // As if the stop had come between the incident's first event and the ledger's decision.
        var again = new EngineStage();
        foreach (var stored in _stage.Store.Entries.Where(stored => stored.Entry.Type != "alert-decided"))
        {
            var version = again.Store.Entries.Count(other => other.Stream == stored.Stream);
            await again.Store.AppendAsync(stored.Stream, version, [stored.Entry], Token);
        }

        await using (again)
        {
            await again.StartAsync(Token);
            await foreach (var item in again.Engine.Feed.ReadAsync(0, Token))
            {
                if (item is Feed.FeedItem.OfLedger { Event: LedgerEvent.Decided decided })
                {
                    Assert.Equal(AlertDecision.Joined, decided.Decision);
                    break;
                }
            }

            Assert.Single(again.Engine.Incidents);
        }
    }

    [Fact]
    public async Task An_overdue_clock_rings_at_once_after_a_stop()
    {
        await _stage.StartAsync(Token);
        await _stage.PushAsync(Samples.Alert());
        await _stage.WaitForAsync<IncidentEvent.ApprovalAsked>();
        await _stage.StopAsync();
        _stage.Time.Advance(TimeSpan.FromHours(3));
        await _stage.StartAsync(Token);
        Assert.Equal("clock-1", (await _stage.WaitForAsync<IncidentEvent.Escalated>()).Clock);
    }

    private async Task StopDuringTheUndoAsync()
    {
        var inside = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _stage.World.DuringUndo = async cancellationToken =>
        {
            inside.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _stage.Time, cancellationToken);
        };
        await _stage.StartAsync(Token);
        await _stage.PushAsync(Samples.Alert());
        await _stage.ApproveAsync((await _stage.WaitForAsync<IncidentEvent.ApprovalAsked>()).Seal);
        await inside.Task.WaitAsync(Token);
        await _stage.StopAsync();
        _stage.World.DuringUndo = _ => Task.CompletedTask;
        Assert.NotNull(IncidentState.Fold(_stage.Events()).OpenAction);
    }
}
