using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Diagnosis.Scenarios;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Incidents.Diagnoses;

/// <summary>Takes from a ranking what the journal keeps.</summary>
public static class RankingDigests
{
    /// <summary>Makes the digest.</summary>
    /// <param name="path">The ranking file; null when none was written.</param>
    public static RankingDigest Of(Ranking ranking, Procedure procedure, string? path)
    {
        var (verdict, chosen, reason, missing) = Decide(ranking.Decision);
        return new RankingDigest
        {
            Verdict = verdict,
            Chosen = chosen,
            Reason = reason,
            Missing = missing,
            SeparatingReads = verdict == RankingVerdict.Separate ? missing : [],
            Causes = [.. ranking.Causes.Select(cause => new CauseDigest(
                cause.Title, cause.Subject.ToString(), cause.Lo, cause.Hi, Explained(ranking, cause)))],
            Scenarios = [.. ranking.Scenarios.Select(scenario => Digest(scenario, procedure))],
            Path = path,
        };
    }

    private static (RankingVerdict Verdict, string? Chosen, string Reason, ImmutableArray<string> Missing) Decide(
        Decision decision) => decision switch
    {
        Decision.Act act => (RankingVerdict.Act, act.Scenario, $"The cause is {act.Cause}.", []),
        Decision.Ask ask => (
            RankingVerdict.Act, ask.Scenario, $"The cause is {ask.Cause}.", [.. ask.Questions.Select(gate => gate.Text)]),
        Decision.Family family => (
            RankingVerdict.WouldNotHelp, family.Scenario, $"Its action would not help, because {family.Because}", []),

        // What is missing may still be read; only when nothing is does looking again make no sense.
        Decision.Abstain { Missing.IsEmpty: false } abstain => (
            RankingVerdict.Separate, null, abstain.Because, Texts(abstain.Missing)),
        Decision.Abstain abstain => (RankingVerdict.Abstain, null, abstain.Because, []),
        Decision.NoFault none => (RankingVerdict.NoFault, null, none.Because, []),
        _ => throw new UnreachableException($"Decision {decision.GetType().Name}"),
    };

    private static ImmutableArray<string> Explained(Ranking ranking, RankedCause cause) =>
        [.. ranking.Symptoms.Where(symptom => symptom.ExplainedBy.Contains(cause.Key))
            .Select(symptom => string.Join(' ', new[] { $"{symptom.Subject}:", symptom.Type, symptom.Key, symptom.Value }
                .Where(part => part.Length > 0)))];

    private static ScenarioDigest Digest(RankedScenario scenario, Procedure procedure) => new()
    {
        Id = scenario.Id,
        Heading = procedure.Scenarios.FirstOrDefault(each => each.Id == scenario.Id)?.Heading ?? scenario.Title,
        Line = scenario.Line,
        Low = scenario.Lo,
        High = scenario.Hi,
        For = Texts(scenario.For),
        Against = Texts(scenario.Against),
        Missing = Texts(scenario.Missing),
        Checks = Checks(scenario),
    };

    private static ImmutableArray<string> Checks(RankedScenario scenario)
    {
        var checks = ImmutableArray.CreateBuilder<string>();
        if (scenario.StruckOut)
        {
            checks.Add("It failed before in this incident and is not tried again.");
        }

        checks.AddRange(scenario.Gates.Select(gate => string.Create(
            CultureInfo.InvariantCulture, $"Condition \"{gate.Text}\" (line {gate.Line}): {gate.State}. {gate.Why}")));
        checks.AddRange(scenario.HelpChecks.Where(check => check.Help != Help.Neutral).Select(check => string.Create(
            CultureInfo.InvariantCulture, $"Action {check.Action} (line {check.Line}): {check.Help}. {check.Because}")));
        return checks.ToImmutable();
    }

    private static ImmutableArray<string> Texts(ImmutableArray<Reason> reasons) =>
        [.. reasons.Select(reason => reason.Line is { } line
            ? string.Create(CultureInfo.InvariantCulture, $"{reason.Text} (line {line})")
            : reason.Text)];
}
