using Midwatch.Incidents.Commands;

namespace Midwatch.Engine.Actors;

/// <summary>Rings the clocks of one incident when they are due; overdue ones at once.</summary>
internal sealed class ClockKeeper(IncidentActor actor, TimeProvider time)
{
    // Timers do not reach further than some weeks; a longer wait is cut into these.
    private static readonly TimeSpan WaitMost = TimeSpan.FromDays(1);

    /// <summary>Rings what is overdue, before anything else of the incident goes on.</summary>
    public async Task RingDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var clock in actor.State.Clocks.Where(clock => clock.RangAt is null && clock.DueAt <= now))
        {
            await actor.ExecuteAsync(new IncidentCommand.RingClock(clock.Id), cancellationToken);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!actor.State.IsClosed)
        {
            var change = actor.NextChange;
            var next = actor.State.Clocks.Where(clock => clock.RangAt is null).MinBy(clock => clock.DueAt);
            if (next is null)
            {
                await change.WaitAsync(cancellationToken);
                continue;
            }

            var wait = next.DueAt - time.GetUtcNow();
            if (wait <= TimeSpan.Zero)
            {
                await actor.ExecuteAsync(new IncidentCommand.RingClock(next.Id), cancellationToken);
                continue;
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(change, Task.Delay(wait < WaitMost ? wait : WaitMost, time, either.Token));
            await either.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
