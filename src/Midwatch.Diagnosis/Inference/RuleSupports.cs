using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Lexicons;
using Midwatch.Diagnosis.Observations;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis.Inference;

/// <summary>
/// The runbook's own rules ("Connection refused → cache unavailable") as support for causes, where they are observed.
/// </summary>
internal sealed class RuleSupports
{
    private const int Weight = 4;

    private readonly EvidenceIndex _index;
    private readonly NameMatcher _names;
    private readonly ImmutableArray<ReadRule> _rules;

    public RuleSupports(Procedure procedure, EvidenceIndex index, ScopeOfDiagnosis scope, NameMatcher names)
    {
        _index = index;
        _names = names;
        _rules =
        [
            .. procedure.Rules.Select(rule => new ReadRule(
                rule, Lexicon.Default.ObservationsIn(rule.Observation), Lexicon.Default.CausesIn(rule.Cause),
                Subjects(rule, scope))),
        ];
    }

    /// <summary>What the rules say for a cause at a subject.</summary>
    public IEnumerable<RuleSupport> For(Cause cause, Subject subject, Interpreter interpreter, ExplainedAway explained)
    {
        foreach (var rule in _rules)
        {
            if (rule.Causes.FirstOrDefault(named => named.Cause == cause.Id) is not { } named
                || !_names.Allows(Lexicon.Default.Naming(rule.Rule.Cause), subject))
            {
                continue;
            }

            var seen = rule.Subjects.Where(place => Reaches(place, subject, named.DependencyOnly))
                .Select(place => AskAt(rule, place, subject, interpreter, explained)).ToArray();
            if (seen.Length > 0)
            {
                yield return new RuleSupport(
                    Weight, $"The runbook says: \"{rule.Rule.Observation} → {rule.Rule.Cause}\".",
                    rule.Rule.Line, Answer.Any(seen));
            }
        }
    }

    private Answer AskAt(
        ReadRule rule, Subject place, Subject subject, Interpreter interpreter, ExplainedAway explained)
    {
        // What names somebody else is no ground against this subject.
        ExplainedAway meant = (observation, entity) => NamesAnother(observation, subject)
            ? (Truth.True, null)
            : explained(observation, entity);
        return Answer.Any(
            [.. rule.Observed.Select(one => interpreter.Ask(one, place, meant)), Literal(rule.Rule, place)]);
    }

    private bool NamesAnother(Observation observation, Subject subject) =>
        EvidenceIndex.Named(observation.Value, observation.Subject.Namespace) is { } named
        && _index.Graph.Entities.Contains(_index.EntityOf(named))
        && _index.EntityOf(named) is var target
        && target != subject && !_index.Graph.Upstream(target).Contains(subject);

    // Words that no list knows are looked for as they stand, in logs (the inspector marks them).
    private Answer Literal(Rule rule, Subject place)
    {
        var found =
            _index.Of(place).Where(one => one.Type == "log-text" && one.Key == rule.Observation).ToImmutableArray();
        return found.IsEmpty ? Answer.No : new Answer(Truth.True, found, []);
    }

    private bool Reaches(Subject place, Subject subject, bool dependencyOnly) =>
        _index.Graph.Upstream(place).Contains(subject) || !dependencyOnly && place == subject;

    private static ImmutableSortedSet<Subject> Subjects(Rule rule, ScopeOfDiagnosis scope)
    {
        var named = rule.Subject is { } target ? scope.Resolve(target) : [];
        return named.IsEmpty ? scope.Focus : named;
    }

    private sealed record ReadRule(
        Rule Rule, ImmutableArray<Predicate> Observed, ImmutableArray<NamedCause> Causes,
        ImmutableSortedSet<Subject> Subjects);
}

/// <summary>What one rule says about one cause at one subject.</summary>
internal sealed record RuleSupport(int Weight, string Why, int Line, Answer Answer);
