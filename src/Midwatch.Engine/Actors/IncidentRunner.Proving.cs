using System.Collections.Immutable;
using Midwatch.Engine.Ports;
using Midwatch.Incidents;
using Midwatch.Incidents.Alerts;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Events;
using Midwatch.Incidents.Verification;

namespace Midwatch.Engine.Actors;

/// <content>Proving recovery: the runbook's checks, the alert's source, and no new alert of the system.</content>
internal sealed partial class IncidentRunner
{
    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (State is not { Verification: { } proof, Procedure: { } procedure, Cluster: { } cluster })
        {
            await actor.ExecuteAsync(new IncidentCommand.HandOver("There is nothing to verify by."), cancellationToken);
            return;
        }

        // Between the first good round and the last one nothing synthetic has to be sent.
        var due = proof.HoldsSince is { } since ? since + proof.Settling : (DateTimeOffset?)null;
        var now = ports.Time.GetUtcNow();
        var complete = due is null || now >= due;

        // Rounds repeat themselves: the journal keeps the commands of the first and of the last.
        var kept = proof.Checks.IsEmpty || now >= (due ?? proof.GivesUpAt);
        var resolved = State.AlertIsResolved;
        var checks = await ports.Verification.CheckAsync(
            new VerificationRequest(actor.Id, procedure, cluster, complete),
            kept ? ObserveAsync : (_, _) => Task.CompletedTask,
            cancellationToken);
        var all = checks.AddRange(await AlertChecksAsync(cancellationToken)).AddRange(NewAlertChecks(proof.StartedAt));

        await actor.ExecuteAsync(new IncidentCommand.RecordChecks(all, complete), cancellationToken);
        var change = actor.NextChange;
        if (State is { Stage: IncidentStage.Verifying, Verification: { } after } && State.AlertIsResolved == resolved)
        {
            await WaitAsync(change, NextRoundIn(after), cancellationToken);
        }
    }

    private TimeSpan NextRoundIn(VerificationState proof)
    {
        var now = ports.Time.GetUtcNow();
        var next = now + options.CheckEvery;
        var end = proof.HoldsSince is { } since ? since + proof.Settling : proof.GivesUpAt;
        return (end > now && end < next ? end : next) - now;
    }

    private async Task<ImmutableArray<CheckResult>> AlertChecksAsync(CancellationToken cancellationToken)
    {
        var checks = ImmutableArray.CreateBuilder<CheckResult>();
        foreach (var alert in State.OpeningAlerts.ToImmutableArray())
        {
            checks.Add(await AlertCheckAsync(alert, cancellationToken));
        }

        return checks.ToImmutable();
    }

    private async Task<CheckResult> AlertCheckAsync(IncidentAlert alert, CancellationToken cancellationToken)
    {
        var called = new AlertCalling(State.Alerts.Select(each => each.Alert));
        var title = $"Alert {called.Of(alert.Alert)} is resolved by its source";
        var id = $"alert/{alert.Alert.Fingerprint}";
        if (!alert.IsFiring)
        {
            return new CheckResult(id, title, CheckVerdict.Met, "Its source resolved it.", Line: 0);
        }

        var answer = await ports.AlertSource.AskAsync(alert.Alert, cancellationToken);
        if (answer.IsOver == CheckVerdict.Met)
        {
            await actor.ExecuteAsync(
                new IncidentCommand.ResolveAlert(alert.Alert.Fingerprint, answer.Reason), cancellationToken);
        }

        return new CheckResult(id, title, answer.IsOver, answer.Reason, Line: 0);
    }

    private ImmutableArray<CheckResult> NewAlertChecks(DateTimeOffset since)
    {
        if (State.Alerts.IsEmpty)
        {
            return [];
        }

        var called = new AlertCalling(State.Alerts.Select(each => each.Alert));
        var fresh = State.Alerts
            .Where(alert => alert.Role == AlertRole.Related && alert.IsFiring && alert.ReceivedAt >= since)
            .Select(alert => called.Of(alert.Alert)).Distinct().ToImmutableArray();
        return
        [
            new CheckResult(
                "new-alerts",
                "No new alert of the same system fires",
                fresh.IsEmpty ? CheckVerdict.Met : CheckVerdict.Unmet,
                fresh.IsEmpty ? "None came since the proof began." : $"{string.Join(", ", fresh)} fires.",
                Line: 0),
        ];
    }
}
