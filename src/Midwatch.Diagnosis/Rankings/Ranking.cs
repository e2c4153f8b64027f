using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>
/// The answer of the diagnosis: what is wrong, which scenario is for it, and what is to be done about that.
/// </summary>
public sealed record Ranking
{
    /// <summary>The version of <c>ranking.schema.json</c> that <see cref="RankingJson"/> writes.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Every scenario of the procedure, most likely first.</summary>
    public required ImmutableArray<RankedScenario> Scenarios { get; init; }

    /// <summary>The causes that the evidence speaks for at all, deeper and more severe first among equals.</summary>
    public required ImmutableArray<RankedCause> Causes { get; init; }

    /// <summary>The symptoms in the scope.</summary>
    public required ImmutableArray<Symptom> Symptoms { get; init; }

    /// <summary>How many percent of the symptoms the chosen cause explains; 0 when none was chosen.</summary>
    public required int Coverage { get; init; }

    /// <summary>What follows.</summary>
    public required Decision Decision { get; init; }

    /// <summary>
    /// SHA-256 over the typed findings that the decision rests on, without ages and counts: an approval is void when it
    /// changes.
    /// </summary>
    public required string FindingsHash { get; init; }
}
