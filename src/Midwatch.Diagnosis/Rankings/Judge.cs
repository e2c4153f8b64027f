using System.Collections.Immutable;
using Midwatch.Diagnosis.Inference;
using Midwatch.Diagnosis.Observations;
using Midwatch.Diagnosis.Scenarios;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>Decides what follows: to act only when one answer is good enough and clearly the best.</summary>
internal sealed class Judge(EvidenceIndex index, ScopeOfDiagnosis scope, ImmutableArray<Symptom> symptoms)
{
    /// <summary>The least score, and the least coverage, on which is acted: a tuned constant.</summary>
    public const int LeastScore = 60;

    /// <summary>How far ahead of the next one it has to be: the other tuned constant.</summary>
    private const int LeastLead = 20;

    private const int LeastCoverage = LeastScore;

    public Verdict Decide(ImmutableArray<Standing> standings)
    {
        if (symptoms.IsEmpty)
        {
            return new(Nothing(), null);
        }

        var open = standings.RemoveAll(one => one.IsStruckOut || one.Best is null);
        var able = open.RemoveAll(one => !one.Best!.WouldHelp);
        if (First(able) is { Best: { } best } top)
        {
            return Obstacle(top, best, able) is { } obstacle ? new(obstacle, top) : new(Go(best), top);
        }

        var family = open.FirstOrDefault(one => one.Lo >= LeastScore);
        return family is { Best: { } kin }
            ? new(new Decision.Family(family.Scenario.Id, kin.Cause.Ranked.Cause, WhyNoHelp(kin)), family)
            : new(TooLittle(open), open.FirstOrDefault());
    }

    // Of independent faults the deeper and more severe one comes first; the diagnosis is made anew after it.
    private Standing? First(ImmutableArray<Standing> able)
    {
        var good = able.RemoveAll(one => one.Lo < LeastScore);
        return good.IsEmpty
            ? null
            : good.Where(one => one == good[0] || AreIndependent(good[0].Best!, one.Best!))
                .OrderByDescending(one => one.Best!.Cause.Ranked.Depth)
                .ThenByDescending(one => one.Best!.Cause.Ranked.Severity).First();
    }

    private static Decision Go(Assessment best)
    {
        var questions = best.OpenGates.RemoveAll(gate => gate.Predicate is not null);
        var cause = best.Cause.Ranked;
        return questions.IsEmpty
            ? new Decision.Act(best.Scenario.Id, cause.Cause, [cause.Subject])
            : new Decision.Ask(best.Scenario.Id, cause.Cause, [cause.Subject], questions);
    }

    private static string WhyNoHelp(Assessment best)
    {
        var checks = best.HelpChecks.RemoveAll(check => check.Help is Help.Helps or Help.Neutral);
        var gate = best.Gates.FirstOrDefault(one => one.State == Truth.False);
        return checks.FirstOrDefault(check => check.Help == Help.Harms)?.Because
            ?? checks.FirstOrDefault(check => check.Help == Help.NoEffect)?.Because
            ?? (gate is not null ? $"\"{gate.Text}\": {gate.Why}" : null)
            ?? checks.FirstOrDefault()?.Because
            ?? "It has no command that acts.";
    }

    private Decision.Abstain? Obstacle(Standing top, Assessment best, ImmutableArray<Standing> able)
    {
        if (best.OpenGates.FirstOrDefault(gate => gate.Predicate is not null) is { } unknown)
        {
            return new Decision.Abstain(
                $"The condition \"{unknown.Text}\" could not be told.", [new Reason(0, unknown.Why, [], unknown.Line)]);
        }

        if (best.Cause.StronglyContradicted)
        {
            return new Decision.Abstain("Something weighty speaks against it.", best.Cause.Ranked.Against);
        }

        var rival =
            able.Where(other => other != top && other.Best is { } second && !second.Actions.SetEquals(best.Actions)
            && !AreIndependent(best, second)).MaxBy(other => other.Hi);
        if (rival is not null && top.Lo - rival.Hi < LeastLead)
        {
            return new Decision.Abstain(
                $"\"{top.Scenario.Title}\" ({top.Lo} to {top.Hi}) is not clearly ahead of \"{rival.Scenario.Title}\" ({rival.Lo} to {rival.Hi}).",
                [.. best.Cause.Ranked.Missing, .. rival.Best!.Cause.Ranked.Missing]);
        }

        return CoverageWithOthers(best, able) < LeastCoverage
            ? new Decision.Abstain(
                $"{best.Cause.Ranked.Title} at {best.Subject} explains only {top.Coverage} % of what is wrong.",
                Unexplained())
            : null;
    }

    /// <summary>
    /// Two established causes of which each explains something that the other does not are two faults, not two answers
    /// to one question.
    /// </summary>
    private bool AreIndependent(Assessment first, Assessment second)
    {
        var one = first.Cause.Ranked;
        var other = second.Cause.Ranked;
        return one.Key != other.Key && one.Lo >= CauseScorer.Established && other.Lo >= CauseScorer.Established
            && symptoms.Any(
                symptom => symptom.ExplainedBy.Contains(one.Key) && !symptom.ExplainedBy.Contains(other.Key))
            && symptoms.Any(
                symptom => symptom.ExplainedBy.Contains(other.Key) && !symptom.ExplainedBy.Contains(one.Key));
    }

    // What an independent second fault explains is no ground against the first: it has its turn after it.
    private int CoverageWithOthers(Assessment best, ImmutableArray<Standing> able)
    {
        var others = able.Select(other => other.Best!).Where(other => AreIndependent(best, other))
            .Select(other => other.Cause.Ranked.Key).Append(best.Cause.Ranked.Key)
            .ToImmutableHashSet(StringComparer.Ordinal);
        return 100 * symptoms.Count(symptom => symptom.ExplainedBy.Any(others.Contains)) / symptoms.Length;
    }

    private ImmutableArray<Reason> Unexplained() =>
    [
        .. symptoms.Where(symptom => symptom.ExplainedBy.IsEmpty)
            .Select(
                symptom => new Reason(0, $"Not explained: {symptom.Observations[0].Describe()}", symptom.Observations)),
    ];

    private Decision Nothing()
    {
        var gaps = index.Evidence.Reads
            .Where(read => read.Outcome != ReadOutcome.Made && read.Read is "pods" or "workloads" or "endpoints")
            .Where(read => read.Outcome != ReadOutcome.Made)
            .Select(read => new Reason(0, $"{read.Source}: {read.Reason}", [])).ToImmutableArray();
        if (!gaps.IsEmpty)
        {
            return new Decision.Abstain("Nothing was found, but not everything could be read.", gaps);
        }

        if (scope.Subjects.IsEmpty)
        {
            return new Decision.Abstain("The cluster has nothing of what the runbook names.", []);
        }

        return index.Evidence.AlertExpression == Truth.True
            ? new Decision.Abstain("The alert's expression holds, but nothing in the scope shows what is wrong.", [])
            : new Decision.NoFault("Nothing in the scope is wrong, and the alert's expression does not say otherwise.");
    }

    private static Decision.Abstain TooLittle(ImmutableArray<Standing> open) =>
        open.FirstOrDefault() is { Best: { } best } first
        ? new Decision.Abstain(
            $"The best scenario, \"{first.Scenario.Title}\", reaches {first.Lo} to {first.Hi} of 100; {LeastScore} are needed.",
            best.Cause.Ranked.Missing)
        : new Decision.Abstain("What is wrong is none of what the runbook's scenarios are about.", []);
}

/// <summary>A decision with the scenario that it speaks of.</summary>
internal sealed record Verdict(Decision Decision, Standing? Chosen);
