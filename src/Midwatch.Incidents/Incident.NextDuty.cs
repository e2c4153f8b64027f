using System.Diagnostics;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Plans;
using Midwatch.Incidents.Policies;

namespace Midwatch.Incidents;

/// <content>What is to be done next.</content>
public static partial class Incident
{
    /// <summary>Tells the next duty from the state alone.</summary>
    public static Duty NextDuty(IncidentState state, Restraint restraint, DateTimeOffset now)
    {
        if (state.IsClosed)
        {
            return state.PostmortemPath is null ? new Duty.WritePostmortem() : new Duty.Done();
        }

        if (state.OpenAction is { } action)
        {
            return new Duty.Recheck(action);
        }

        return state.Stage switch
        {
            IncidentStage.Open or IncidentStage.Diagnosing => Look(state, restraint),
            IncidentStage.Ranked => AfterRanking(state, restraint, now),
            IncidentStage.AwaitingApproval when state.AlertIsResolved => new Duty.StartVerification(),
            IncidentStage.AwaitingApproval when state.Plan is { } plan => new Duty.AwaitApproval(plan.Seal.ExpiresAt),
            IncidentStage.Acting => NextCommand(state) is { } command
                ? new Duty.RunCommand(command)
                : new Duty.HandOver("Nothing of the plan is left to run."),
            IncidentStage.Acted => new Duty.StartVerification(),
            IncidentStage.Verifying => new Duty.Verify(),
            IncidentStage.Proven or IncidentStage.NoFault or IncidentStage.HandedOver => new Duty.Close(),
            _ => throw new UnreachableException($"No duty for {state.Stage}."),
        };
    }

    private static PlannedCommand? NextCommand(IncidentState state) =>
        state.Plan?.Commands.FirstOrDefault(command => !state.CommandsDone.Contains(command.Id));

    private static Duty Look(IncidentState state, Restraint restraint)
    {
        if (state.Cluster is null)
        {
            return new Duty.BindCluster();
        }

        if (state.AlertIsResolved)
        {
            return new Duty.StartVerification();
        }

        return (state.Diagnosis?.Number ?? 0) >= restraint.DiagnosisRoundsMost
            ? new Duty.HandOver($"{restraint.DiagnosisRoundsMost} diagnoses did not lead to a proven recovery.")
            : new Duty.Diagnose([]);
    }

    private static Duty AfterRanking(IncidentState state, Restraint restraint, DateTimeOffset now)
    {
        if (state.AlertIsResolved)
        {
            return new Duty.StartVerification();
        }

        if (state.Diagnosis is not { Ranking: { } ranking } round)
        {
            return new Duty.Diagnose([]);
        }

        if (ranking is { Verdict: RankingVerdict.Act, Chosen: { } chosen })
        {
            return new Duty.MakePlan(chosen);
        }

        var mayRead = round.Separating < restraint.SeparatingRoundsMost
            && now - round.FirstRankedAt < restraint.SeparatingTimeMost
            && !ranking.SeparatingReads.IsEmpty;
        return mayRead ? new Duty.Diagnose(ranking.SeparatingReads) : new Duty.StopSeparating();
    }
}
