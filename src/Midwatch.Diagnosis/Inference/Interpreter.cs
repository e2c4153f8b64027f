using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Observations;

namespace Midwatch.Diagnosis.Inference;

/// <summary>
/// Says whether a fact is explained by a cause further upstream, and by which: <see cref="Truth.Unknown"/> when that
/// cause may hold and may not.
/// </summary>
internal delegate (Truth State, string? By) ExplainedAway(Observation observation, Subject entity);

/// <summary>Asks predicates of the evidence.</summary>
internal sealed class Interpreter(EvidenceIndex index)
{
    private static readonly TimeSpan RecentAtLeast = TimeSpan.FromHours(1);

    // Kubernetes cuts its times to the second.
    private static readonly TimeSpan ClockGrain = TimeSpan.FromSeconds(2);

    /// <summary>Asks about a subject.</summary>
    /// <param name="explained">Null to take every fact as it is.</param>
    public Answer Ask(Predicate predicate, Subject subject, ExplainedAway? explained = null) => predicate switch
    {
        Predicate.Observed observed => Look(observed, subject, explained),
        Predicate.RecentRollout => RecentRollout(subject),
        Predicate.Any any => Answer.Any([.. any.Of.Select(one => Ask(one, subject, explained))]),
        Predicate.All all => Answer.All([.. all.Of.Select(one => Ask(one, subject, explained))]),
        Predicate.Not not => Ask(not.Of, subject).Negated(),
        _ => throw new System.Diagnostics.UnreachableException("Predicate is closed."),
    };

    /// <summary>Whether an observation at an entity is of the pattern.</summary>
    /// <param name="subject">Whom it has to name, if the pattern asks for that.</param>
    public bool Matches(ObservationPattern pattern, Observation observation, Subject subject) =>
        pattern.Type == observation.Type
        && (pattern.Keys.IsEmpty || pattern.Keys.Contains(observation.Key, StringComparer.Ordinal))
        && (pattern.Values.IsEmpty || pattern.Values.Contains(Fact(observation), StringComparer.Ordinal))
        && !pattern.NotValues.Contains(Fact(observation), StringComparer.Ordinal)
        && (!pattern.AboutSubject || index.Names(observation, subject));

    // An event's fact is its reason, which is its key.
    private static string Fact(Observation observation) =>
        observation.Type == "event" ? observation.Key : observation.Value;

    private Answer Look(Predicate.Observed observed, Subject subject, ExplainedAway? explained)
    {
        var places = Places(observed.Reach, subject);
        var found = places.SelectMany(place => index.Of(place).Select(one => (place, one)))
            .Where(x => Matches(observed.Pattern, x.one, subject))
            .Select(x => (x.one, why: explained?.Invoke(x.one, x.place) ?? (Truth.False, null))).ToArray();

        // One fact that nothing explains is enough; when all are explained, one that was not read could still be there.
        var least = found.Length == 0 ? Truth.True : found.Min(x => x.why.State);
        var gaps = least == Truth.False
            ? []
            : places.Select(place => index.Gap(observed.Pattern.Type, place)).OfType<ReadRecord>()
                .Distinct().ToImmutableArray();
        var kept = found.Where(x => x.why.State == least).ToArray();
        var state = least == Truth.False ? Truth.True
            : least == Truth.Unknown || !gaps.IsEmpty ? Truth.Unknown : Truth.False;
        return new Answer(state, [.. kept.Select(x => x.one)], gaps, kept.FirstOrDefault().why.By);
    }

    private ImmutableSortedSet<Subject> Places(Reach reach, Subject subject) => reach switch
    {
        Reach.Here => [subject],
        Reach.Upstream => index.Graph.Upstream(subject),
        Reach.Downstream => index.Graph.Downstream(subject),
        Reach.Services => index.Graph.Services(subject),
        Reach.Nodes => index.Graph.Nodes(subject),
        _ =>
        [
            .. index.Graph.Entities.Where(entity =>
                entity.Namespace == subject.Namespace && entity.Kind is "namespace" or "resourcequota"),
        ],
    };

    /// <summary>
    /// A rollout that changed the template within the larger of an hour and twice the time since the first symptom,
    /// before that symptom.
    /// </summary>
    private Answer RecentRollout(Subject subject)
    {
        var rollouts =
            index.Of(subject).Where(one => one.Type == "rollout" && one.Since is not null).ToImmutableArray();
        var gaps = new[] { index.Gap("rollout", subject), index.Gap("pod-ready", subject) }.OfType<ReadRecord>()
            .ToImmutableArray();
        if (rollouts.IsEmpty)
        {
            return gaps.IsEmpty ? Answer.No : new Answer(Truth.Unknown, [], gaps);
        }

        var taken = index.Evidence.TakenAt;
        var first = index.Of(subject)
            .Where(one => one.IsFinding && ObservationTypes.Default.Find(one.Type)?.Read == "pods")
            .Select(one => one.Since)
            .Append(index.Evidence.AlertStartsAt).Where(since => since is not null).DefaultIfEmpty(taken).Min()
                ?? taken;
        var window = TimeSpan.FromTicks(Math.Max(RecentAtLeast.Ticks, 2 * Math.Max(0, (taken - first).Ticks)));
        var recent = rollouts.RemoveAll(one => one.Since > first + ClockGrain || one.Since < first - window);
        return recent.IsEmpty
            ? new Answer(gaps.IsEmpty ? Truth.False : Truth.Unknown, [], gaps)
            : new Answer(gaps.IsEmpty ? Truth.True : Truth.Unknown, recent, gaps);
    }
}
