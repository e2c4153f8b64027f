using System.Collections.Immutable;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Inference;
using Midwatch.Diagnosis.Observations;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Diagnosis.Scenarios;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis;

/// <summary>Ranks the scenarios of a procedure by evidence. Pure: same input, same answer.</summary>
public static class Ranker
{
    /// <summary>Ranks.</summary>
    /// <param name="struckOut">Ids of scenarios that failed before in this incident.</param>
    public static Ranking Rank(
        Procedure procedure, Evidence evidence, CauseCatalog causes, ImmutableHashSet<string> struckOut)
    {
        var index = new EvidenceIndex(evidence);
        var scope = new ScopeOfDiagnosis(procedure, index);
        var names = new NameMatcher(index);
        var scorer = new CauseScorer(index, causes, new RuleSupports(procedure, index, scope, names));
        var scored = scorer.Score(scope.Subjects);
        var symptoms = new SymptomFinder(index, scope, scorer).Find(scored);
        var assessor = new Assessor(index, scope);
        var links = ScenarioLinker.Link(procedure, causes);
        var standings = procedure.Scenarios.Select(scenario => Stand(
            scenario, links, struckOut.Contains(scenario.Id), symptoms,
            [
                .. from link in links
                   where link.Scenario == scenario.Id
                   from cause in scored
                   where cause.Ranked.Cause == link.Cause && Applies(link, cause.Ranked.Subject, scope, names)
                   select assessor.Assess(scenario, link, cause),
            ]));
        var ordered = StandingOrder.Sort(standings);
        var verdict = new Judge(index, scope, symptoms).Decide(ordered);
        return new Ranking
        {
            Scenarios = [.. ordered.Select(standing => standing.ToRanked())],
            Causes = [
                .. scored.Select(one => one.Ranked).OrderByDescending(one => one.Lo).ThenByDescending(one => one.Hi)
                .ThenByDescending(one => one.Depth).ThenByDescending(one => one.Severity)
                .ThenBy(one => one.Cause, StringComparer.Ordinal).ThenBy(one => one.Subject)],
            Symptoms = symptoms,
            Coverage = verdict.Chosen?.Coverage ?? 0,
            Decision = verdict.Decision,
            FindingsHash = FindingsSeal.Of(verdict),
        };
    }

    // Words about what others need ("gone", "unreachable") mean what another workload needs, or what they name.
    private static bool Applies(ScenarioLink link, Subject subject, ScopeOfDiagnosis scope, NameMatcher names) =>
        names.Allows(link.Words, subject)
        && (!link.DependencyOnly || scope.IsNeeded(subject) || names.Names(link.Words, subject));

    private static Standing Stand(
        Scenario scenario, ImmutableArray<ScenarioLink> links, bool isStruckOut, ImmutableArray<Symptom> symptoms,
        ImmutableArray<Assessment> assessments)
    {
        var best = assessments
            .OrderByDescending(one => one.WouldHelp && one.Lo >= Judge.LeastScore).ThenByDescending(one => one.Lo)
            .ThenByDescending(one => one.Hi).ThenByDescending(one => SymptomFinder.Coverage(symptoms, one.Cause.Ranked))
            .ThenByDescending(one => one.Cause.Ranked.Depth).ThenByDescending(one => one.Cause.Ranked.Severity)
            .ThenBy(one => one.Cause.Ranked.Cause, StringComparer.Ordinal).ThenBy(one => one.Subject).FirstOrDefault();
        return new Standing(
            scenario, best, assessments.Select(one => one.Hi).DefaultIfEmpty(0).Max(),
            best is null ? 0 : SymptomFinder.Coverage(symptoms, best.Cause.Ranked), isStruckOut,
            [.. links.Where(link => link.Scenario == scenario.Id)]);
    }
}
