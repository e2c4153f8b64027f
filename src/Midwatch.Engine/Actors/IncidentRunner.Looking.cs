using Midwatch.Engine.Ports;
using Midwatch.Incidents;
using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Plans;

namespace Midwatch.Engine.Actors;

/// <content>Looking, planning, and waiting for people.</content>
internal sealed partial class IncidentRunner
{
    private async Task DiagnoseAsync(Duty.Diagnose duty, CancellationToken cancellationToken)
    {
        if (State is not { Procedure: { } procedure, Cluster: { } cluster })
        {
            await actor.ExecuteAsync(
                new IncidentCommand.HandOver("There is no procedure to diagnose by."), cancellationToken);
            return;
        }

        if (!duty.Reads.IsEmpty)
        {
            await Task.Delay(options.SeparatingPause, ports.Time, cancellationToken);
        }

        await actor.ExecuteAsync(new IncidentCommand.StartDiagnosis(duty.Reads), cancellationToken);
        var answer = await ports.Diagnosis.DiagnoseAsync(
            new DiagnosisRequest
            {
                Incident = actor.Id,
                Procedure = procedure,
                Cluster = cluster,
                Alert = State.Alerts.FirstOrDefault()?.Alert,
                Round = State.Diagnosis?.Number ?? 1,
                SeparatingReads = duty.Reads,
                StruckOut = State.StruckOut,
                Directory = Folder(),
            },
            ObserveAsync,
            cancellationToken);
        await actor.ExecuteAsync(
            new IncidentCommand.RecordRanking(answer.Evidence, answer.Ranking), cancellationToken);
    }

    private async Task PlanAsync(Duty.MakePlan duty, CancellationToken cancellationToken)
    {
        if (State is not { Procedure: { } procedure, Cluster: { } cluster, Diagnosis.Evidence: { } evidence })
        {
            await actor.ExecuteAsync(
                new IncidentCommand.HandOver("There is no evidence to plan by."), cancellationToken);
            return;
        }

        var draft = await ports.Actions.PrepareAsync(
            new PlanRequest
            {
                Incident = actor.Id,
                Procedure = procedure,
                ScenarioId = duty.ScenarioId,
                Evidence = evidence,
                Cluster = cluster,
                StruckOut = State.StruckOut,
                Alert = State.Alerts.FirstOrDefault()?.Alert,
            },
            cancellationToken);
        var plan = Planner.Compose(draft, options.Policy, options.Restraint, ports.Time.GetUtcNow());
        var decision = await actor.ExecuteAsync(new IncidentCommand.ProposePlan(plan), cancellationToken);
        if (decision is Decision.Refused refused)
        {
            await actor.ExecuteAsync(new IncidentCommand.HandOver(refused.Reason), cancellationToken);
        }
    }

    private async Task AwaitApprovalAsync(Duty.AwaitApproval duty, CancellationToken cancellationToken)
    {
        var change = actor.NextChange;
        if (State.Stage == IncidentStage.AwaitingApproval && !State.AlertIsResolved)
        {
            await WaitAsync(change, duty.Until - ports.Time.GetUtcNow(), cancellationToken);
        }

        await actor.ExecuteAsync(new IncidentCommand.ExpireApproval(), cancellationToken);
    }

    // Ends with the change or with the time, whichever is first.
    private async Task WaitAsync(Task change, TimeSpan most, CancellationToken cancellationToken)
    {
        if (most <= TimeSpan.Zero)
        {
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(change, Task.Delay(most, ports.Time, either.Token));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
