using System.Collections.Immutable;
using Midwatch.Diagnosis.Inference;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>Finds what is wrong in the scope, and how much of it a cause explains.</summary>
internal sealed class SymptomFinder(EvidenceIndex index, ScopeOfDiagnosis scope, CauseScorer scorer)
{
    public ImmutableArray<Symptom> Find(ImmutableArray<ScoredCause> causes) =>
    [
        .. scope.Subjects.SelectMany(entity => index.Of(entity)
            .Where(one => one.IsFinding && !IsOver(one, entity))
            .GroupBy(one => (one.Type, one.Key, one.Value))
            .Select(group => new Symptom(
                entity, group.Key.Type, group.Key.Key, group.Key.Value, [.. group],
                [
                    .. causes.Where(cause => scorer.Explains(cause.Cause, cause.Ranked.Subject, group.First(), entity))
                        .Select(cause => cause.Ranked.Key),
                ]))),
    ];

    /// <summary>How many percent of the symptoms the cause explains.</summary>
    public static int Coverage(ImmutableArray<Symptom> symptoms, RankedCause cause) => symptoms.IsEmpty
        ? 0
        : 100 * symptoms.Count(symptom => symptom.ExplainedBy.Contains(cause.Key, StringComparer.Ordinal))
            / symptoms.Length;

    // A complaint in the log of a healthy pod about a Service that is well again tells of the past.
    private bool IsOver(Observation observation, Subject entity) =>
        observation.Type == "log"
        && EvidenceIndex.Named(observation.Value, observation.Subject.Namespace) is { } named
        && index.Graph.Entities.Contains(index.EntityOf(named))
        && !index.Of(index.EntityOf(named)).Any(one => one.IsFinding)
        && !index.Of(entity).Any(one => one.IsFinding && one.Type != "log");
}
