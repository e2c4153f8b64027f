using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Observations;
using Midwatch.Diagnosis.Rankings;

namespace Midwatch.Diagnosis.Inference;

/// <summary>
/// Scores every cause at every subject, upstream first, so that what lies upstream can explain what follows from it.
/// </summary>
internal sealed class CauseScorer(EvidenceIndex index, CauseCatalog catalog, RuleSupports rules)
{
    /// <summary>From here on a cause explains symptoms away: one of the two tuned constants.</summary>
    public const int Established = 60;

    private readonly Interpreter _interpreter = new(index);
    private readonly List<ScoredCause> _scored = [];

    /// <summary>Scores.</summary>
    /// <param name="subjects">The subjects that may carry the cause.</param>
    public ImmutableArray<ScoredCause> Score(ImmutableSortedSet<Subject> subjects)
    {
        // Whatever is strictly upstream has strictly fewer things upstream of itself.
        foreach (var subject in subjects.OrderBy(one => index.Graph.StrictlyUpstream(one).Count).ThenBy(one => one))
        {
            var depth = index.Graph.Downstream(subject).Except(index.Graph.Upstream(subject)).Intersect(subjects).Count;
            var here = catalog.Causes.Where(cause => cause.SubjectKinds.Contains(subject.Kind, StringComparer.Ordinal))
                .Select(cause => ScoreOne(cause, subject, depth)).Where(scored => scored.Ranked.Hi > 0).ToArray();
            _scored.AddRange(here);
        }

        return [.. _scored];
    }

    /// <summary>Whether a cause at a subject explains an observation at an entity.</summary>
    public bool Explains(Cause cause, Subject subject, Observation observation, Subject entity)
    {
        var isHere = entity == subject;
        return (isHere || index.Graph.Downstream(subject).Contains(entity))
            && cause.Explains.Any(
                one => (isHere ? !one.Downstream : one.Downstream) && Covers(one.Pattern, observation, subject));
    }

    // A line that names nobody may be about anybody.
    private bool Covers(ObservationPattern pattern, Observation observation, Subject subject) =>
        _interpreter.Matches(pattern, observation, subject)
        || pattern.AboutSubject && observation.Value.Length == 0
            && _interpreter.Matches(pattern with { AboutSubject = false }, observation, subject);

    private ScoredCause ScoreOne(Cause cause, Subject subject, int depth)
    {
        var upstream = index.Graph.StrictlyUpstream(subject);
        ExplainedAway explained = (observation, entity) =>
        {
            var by = _scored
                .Where(other => upstream.Contains(other.Ranked.Subject)
                    && Explains(other.Cause, other.Ranked.Subject, observation, entity))
                .OrderByDescending(other => other.Ranked.Lo)
                .ThenByDescending(other => other.Ranked.Hi).FirstOrDefault();
            return by is null || by.Ranked.Hi < Established ? (Truth.False, null)
                : (by.Ranked.Lo >= Established ? Truth.True : Truth.Unknown, by.Ranked.Key);
        };
        var tally = new Tally();
        foreach (var requirement in cause.Requires)
        {
            tally.Require(requirement, _interpreter.Ask(requirement.Predicate, subject));
        }

        foreach (var support in cause.Supports)
        {
            tally.Support(support.Weight, support.Why, null, _interpreter.Ask(support.Predicate, subject, explained));
        }

        foreach (var rule in rules.For(cause, subject, _interpreter, explained))
        {
            tally.Rule(rule);
        }

        foreach (var contradiction in cause.Contradicts)
        {
            tally.Contradict(contradiction, _interpreter.Ask(contradiction.Predicate, subject));
        }

        return new ScoredCause(cause, tally.Finish(cause, subject, depth), tally.StronglyContradicted);
    }
}

/// <summary>A cause with its score.</summary>
/// <param name="StronglyContradicted">Whether a contradiction of weight 4 holds or may hold.</param>
internal sealed record ScoredCause(Cause Cause, RankedCause Ranked, bool StronglyContradicted);
