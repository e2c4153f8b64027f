namespace Midwatch.Incidents.Diagnoses;

/// <summary>One pass of looking and ranking.</summary>
/// <param name="Number">Counts the passes of the incident, from 1.</param>
/// <param name="FirstOfSeries">The pass that began this search; later ones only separate its candidates.</param>
/// <param name="SeriesStartedAt">When that pass began: the time limit of separating reads counts from its
/// ranking.</param>
public sealed record DiagnosisRound(int Number, int FirstOfSeries, DateTimeOffset SeriesStartedAt)
{
    /// <summary>When the first ranking of the series stood; null before.</summary>
    public DateTimeOffset? FirstRankedAt { get; init; }

    /// <summary>What was seen; null while looking.</summary>
    public EvidenceReference? Evidence { get; init; }

    /// <summary>What follows; null while looking.</summary>
    public RankingDigest? Ranking { get; init; }

    /// <summary>How many separating passes were made so far.</summary>
    public int Separating => Number - FirstOfSeries;
}
