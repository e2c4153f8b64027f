using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Incidents.Diagnoses;
using Midwatch.Incidents.Events;

namespace Midwatch.Engine.Postmortems;

/// <summary>The last evidence and ranking, with what speaks for, against, and what is missing.</summary>
internal static class DiagnosisSection
{
    public static void Write(MarkdownText text, ImmutableArray<IncidentEvent> events)
    {
        text.Heading(2, "Diagnosis");
        var evidence = events.OfType<IncidentEvent.EvidenceTaken>().LastOrDefault()?.Evidence;
        var ranking = events.OfType<IncidentEvent.ScenariosRanked>().LastOrDefault()?.Ranking;
        if (evidence is null || ranking is null)
        {
            text.Line("No diagnosis was completed.");
            return;
        }

        text.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{evidence.Observations} observations in {MarkdownText.Code(evidence.Path)}, SHA-256 {evidence.Hash}."));
        Part(text, "Findings", evidence.Findings);
        Part(text, "What could not be told", evidence.CouldNotTell);
        text.Heading(3, "Ranking").Line(MarkdownText.Inline(ranking.Sentence));
        Part(text, "What is missing", ranking.Missing);
        text.Table(["Scenario", "Line", "Score"], ranking.Scenarios.Select(scenario => new[]
        {
            MarkdownText.Inline(scenario.Heading), Number(scenario.Line),
            $"{Number(scenario.Low)}–{Number(scenario.High)}",
        }));
        Causes(text, ranking);
        foreach (var scenario in ranking.Scenarios.Where(HasReasons))
        {
            text.Heading(4, scenario.Heading);
            text.Items(scenario.For, "- for: ").Items(scenario.Against, "- against: ")
                .Items(scenario.Missing, "- missing: ").Items(scenario.Checks, "- ");
        }
    }

    private static bool HasReasons(ScenarioDigest scenario) =>
        !scenario.For.IsEmpty || !scenario.Against.IsEmpty || !scenario.Missing.IsEmpty || !scenario.Checks.IsEmpty;

    private static void Causes(MarkdownText text, RankingDigest ranking)
    {
        if (!ranking.Causes.IsEmpty)
        {
            text.Table(["Cause", "At", "Score", "Explains"], ranking.Causes.Select(cause => new[]
            {
                MarkdownText.Inline(cause.Title), MarkdownText.Inline(cause.Subject),
                $"{Number(cause.Low)}–{Number(cause.High)}", MarkdownText.Inline(string.Join("; ", cause.Explains)),
            }));
        }
    }

    private static void Part(MarkdownText text, string title, ImmutableArray<string> items)
    {
        if (!items.IsEmpty)
        {
            text.Blank().Line($"{title}:").Blank().Items(items);
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
