using Midwatch.Cli.Terminal;
using Midwatch.Engine;
using Midwatch.Engine.Feed;
using Midwatch.Incidents;
using Midwatch.Incidents.Approvals;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Plans;

namespace Midwatch.Cli.Incidents;

/// <summary>Follows one incident at the terminal: tells what happens, and asks when an approval is asked for.</summary>
internal sealed class IncidentFollower(Screen screen, IncidentEngine engine, bool yes)
{
    private readonly IncidentNarration _narration = new(screen);
    private Plan? _plan;

    /// <summary>Follows the first incident of the journal until its post-mortem is written.</summary>
    /// <returns>How it ended, and where the post-mortem lies.</returns>
    internal async Task<(IncidentEvent.IncidentClosed Closed, string Postmortem)> FollowAsync(
        CancellationToken cancellationToken)
    {
        // An engine that cannot go on writes nothing more: the reading ends with it.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(ending.Token);
        if (await Task.WhenAny(reading, engine.Failure) != reading)
        {
            await ending.CancelAsync();
            await engine.Failure;
        }

        return await reading;
    }

    private async Task<(IncidentEvent.IncidentClosed Closed, string Postmortem)> ReadAsync(
        CancellationToken cancellationToken)
    {
        IncidentId? incident = null;
        IncidentEvent.IncidentClosed? closed = null;
        await foreach (var item in engine.Feed.ReadAsync(0, cancellationToken))
        {
            if (item is not FeedItem.OfIncident happened || (incident is { } known && known != happened.Incident))
            {
                continue;
            }

            incident = happened.Incident;
            _narration.Tell(happened.Event);
            switch (happened.Event)
            {
                case IncidentEvent.PlanProposed proposed:
                    _plan = proposed.Plan;
                    break;
                case IncidentEvent.ApprovalAsked asked:
                    await AnswerAsync(happened.Incident, asked, cancellationToken);
                    break;
                case IncidentEvent.IncidentClosed end:
                    closed = end;
                    break;
                case IncidentEvent.PostmortemWritten written when closed is not null:
                    return (closed, written.Path);
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    private async Task AnswerAsync(
        IncidentId incident, IncidentEvent.ApprovalAsked asked, CancellationToken cancellationToken)
    {
        var user = Person.AtThisTerminal();
        if (yes)
        {
            var refused =
                await engine.ApproveAsync(incident, asked.Seal, user, ApprovalMethod.YesOption, cancellationToken);
            if (refused is null)
            {
                return;
            }

            screen.Line($"  --yes does not answer this: {refused}");
        }

        if (!screen.Interactive)
        {
            await engine.RejectAsync(
                incident, asked.Seal, user,
                "nobody is at the terminal, and --yes was not given or does not reach this far.",
                cancellationToken);
            return;
        }

        await AskAsync(incident, asked, user, cancellationToken);
    }

    private async Task AskAsync(
        IncidentId incident, IncidentEvent.ApprovalAsked asked, Approver user, CancellationToken cancellationToken)
    {
        var what = _plan is { } plan ? $"\"{plan.Draft.Heading}\"" : "the plan";
        var needed = asked.Needed > 1 ? $" ({asked.Needed} different people are needed; you are one)" : string.Empty;
        await screen.Output.WriteAsync($"\n{screen.Paint(Ink.Bold, $"Do {what}?")} Sealed {Seal.Shown(asked.Seal)}, "
            + $"good until {asked.Until:HH:mm:ss} UTC{needed}. [y/N] ");
        await screen.Output.FlushAsync(cancellationToken);
        var answer = await Task.Run(Console.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        var refused = answer?.Trim() is "y" or "Y" or "yes"
            ? await engine.ApproveAsync(incident, asked.Seal, user, ApprovalMethod.Terminal, cancellationToken)
            : await engine.RejectAsync(incident, asked.Seal, user, "answered no at the terminal.", cancellationToken);
        if (refused is not null)
        {
            screen.Complain(refused);
        }
    }
}
