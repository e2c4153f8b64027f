using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Diagnosis;
using Midwatch.Diagnosis.Observations;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Engine.Diagnoses;

/// <summary>A ranking and its evidence in the words that the journal keeps.</summary>
public static class RankingDigests
{
    private const int SeparatingReadsMost = 3;
    private static readonly ImmutableArray<string> StruckOut = ["It failed before in this incident."];

    /// <summary>What the evidence said in short.</summary>
    /// <param name="path">The evidence file.</param>
    /// <param name="hash">SHA-256 of the evidence file.</param>
    public static EvidenceReference Of(Evidence evidence, Ranking ranking, string path, string hash) => new()
    {
        Hash = hash,
        Path = path,
        FindingsHash = ranking.FindingsHash,
        Observations = evidence.Observations.Length,
        Findings = [.. ranking.Symptoms.Select(symptom => Words(symptom)).Distinct()],
        CouldNotTell =
        [
            .. evidence.Reads.Where(read => read.Outcome != ReadOutcome.Made)
                .Select(read => $"{read.Source}: {read.Reason ?? "no answer"}").Distinct(),
        ],
    };

    /// <summary>
    /// The ranking in short. An abstention becomes another look: what is missing may need a moment to show.
    /// </summary>
    /// <param name="path">The ranking file; null when none was written.</param>
    public static RankingDigest Of(Ranking ranking, Procedure procedure, string? path)
    {
        var (verdict, chosen, reason) = Verdict(ranking);
        return new RankingDigest
        {
            Verdict = verdict,
            Chosen = chosen,
            Reason = reason,
            Causes = [.. ranking.Causes.Where(cause => cause.Hi > 0).Select(Of)],
            Scenarios =
            [
                .. ranking.Scenarios.Select(scenario => Of(scenario, procedure, isChosen: scenario.Id == chosen)),
            ],
            Missing = ranking.Decision is Decision.Abstain abstain ? [.. abstain.Missing.Select(Text)] : [],
            SeparatingReads = verdict == RankingVerdict.Separate ? Separating(ranking) : [],
            Path = path,
        };
    }

    private static (RankingVerdict Verdict, string? Chosen, string Reason) Verdict(Ranking ranking) =>
        ranking.Decision switch
        {
            Decision.Act act => (RankingVerdict.Act, act.Scenario, string.Create(
                CultureInfo.InvariantCulture,
                $"It explains {ranking.Coverage} % of what is wrong, and its action helps.")),
            Decision.Ask ask => (RankingVerdict.Abstain, ask.Scenario,
                "It fits, but only a person can answer: "
                + string.Join("; ", ask.Questions.Select(question => $"\"{question.Text}\" (line {question.Line})"))),
            Decision.Family family => (RankingVerdict.WouldNotHelp, family.Scenario,
                $"Its action would not help, because {family.Because}"),
            Decision.NoFault none => (RankingVerdict.NoFault, null, none.Because),
            Decision.Abstain abstain => (RankingVerdict.Separate, null, abstain.Because),
            _ => throw new System.Diagnostics.UnreachableException("Decision is closed."),
        };

    private static ImmutableArray<string> Separating(Ranking ranking)
    {
        var missing = ranking.Decision is Decision.Abstain abstain
            ? abstain.Missing.Select(Text).Distinct().Take(SeparatingReadsMost).ToImmutableArray()
            : [];
        return missing.IsEmpty ? ["what has changed since"] : missing;
    }

    private static string Heading(Procedure procedure, string scenario) =>
        procedure.Scenarios.FirstOrDefault(each => each.Id == scenario)?.Heading ?? scenario;

    private static CauseDigest Of(RankedCause cause) => new(
        cause.ExplainedBy is { } deeper ? $"{cause.Title}, itself explained by {deeper}" : cause.Title,
        cause.Subject.ToString(), cause.Lo, cause.Hi, [.. cause.For.Select(Text)]);

    private static ScenarioDigest Of(RankedScenario scenario, Procedure procedure, bool isChosen) => new()
    {
        Id = scenario.Id,
        Heading = Heading(procedure, scenario.Id),
        Line = scenario.Line,
        Low = scenario.Lo,
        High = scenario.Hi,
        For = [.. scenario.For.Select(Text)],
        Against = [.. scenario.Against.Select(Text), .. (scenario.StruckOut ? StruckOut : [])],
        Missing = [.. scenario.Missing.Select(Text)],
        Checks = isChosen ? Checks(scenario) : [],
    };

    // What is left out stands in the plan, with its text.
    private static ImmutableArray<string> Checks(RankedScenario scenario) =>
    [
        .. scenario.Gates.Select(gate => $"\"{gate.Text}\" (line {gate.Line}): {Word(gate.State)}. {gate.Why}"),
        .. scenario.HelpChecks
            .Where(check => !scenario.Branches.Any(branch => !branch.Kept && branch.CommandId == check.CommandId))
            .Select(check => $"line {check.Line}: {check.Because}"),
    ];

    private static string Word(Truth truth) => truth switch
    {
        Truth.True => "yes",
        Truth.False => "no",
        _ => "could not tell",
    };

    private static string Text(Reason reason)
    {
        var weight = reason.Weight == 0
            ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $" (weight {reason.Weight})");
        var line =
            reason.Line is { } number ? string.Create(CultureInfo.InvariantCulture, $" [line {number}]") : string.Empty;
        return reason.Text + weight + line;
    }

    private static string Words(Symptom symptom)
    {
        var detail = symptom.Observations.Length > 0 ? symptom.Observations[0].Detail : string.Empty;
        var fact = string.Join(' ', new[] { symptom.Type, symptom.Key, symptom.Value }.Where(part => part.Length > 0));
        return detail.Length == 0 ? $"{symptom.Subject}: {fact}" : $"{symptom.Subject}: {fact}: {detail}";
    }
}
