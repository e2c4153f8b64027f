using Midwatch.Incidents.Commands;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Events;

namespace Midwatch.Incidents;

/// <content>Looking and ranking.</content>
public static partial class Incident
{
    private static Decision? DecideDiagnosis(IncidentState state, IncidentCommand command, DateTimeOffset now) =>
        command switch
        {
            IncidentCommand.StartDiagnosis c => Decision.Of(
                new IncidentEvent.DiagnosisStarted(now, (state.Diagnosis?.Number ?? 0) + 1, c.Reads)),
            IncidentCommand.RecordCommand c => Decision.Of(new IncidentEvent.CommandObserved(now, c.Command)),
            IncidentCommand.RecordRanking c => RecordRanking(state, c, now),
            IncidentCommand.StopSeparating => StopSeparating(state, now),
            _ => null,
        };

    private static Decision RecordRanking(
        IncidentState state, IncidentCommand.RecordRanking command, DateTimeOffset now)
    {
        if (state is not { Stage: IncidentStage.Diagnosing, Diagnosis: { } round })
        {
            return new Decision.Refused("No diagnosis is under way.");
        }

        var taken = new IncidentEvent.EvidenceTaken(now, round.Number, command.Evidence);
        var ranked = new IncidentEvent.ScenariosRanked(now, round.Number, command.Ranking);
        return command.Ranking.Verdict switch
        {
            RankingVerdict.NoFault => Decision.Of(
                taken, ranked, new IncidentEvent.NoFaultFound(now, command.Ranking.Reason)),
            RankingVerdict.Abstain or RankingVerdict.WouldNotHelp => Decision.Of(
                taken, ranked, new IncidentEvent.Abstained(now, command.Ranking.Sentence, command.Ranking.Missing)),
            _ => Decision.Of(taken, ranked),
        };
    }

    private static Decision StopSeparating(IncidentState state, DateTimeOffset now) =>
        state is { Stage: IncidentStage.Ranked, Diagnosis.Ranking: { Verdict: RankingVerdict.Separate } ranking }
            ? Decision.Of(new IncidentEvent.Abstained(now, ranking.Sentence, ranking.Missing))
            : new Decision.Refused("Nothing is being separated.");
}
