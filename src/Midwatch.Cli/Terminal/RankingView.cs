using System.Collections.Immutable;
using Midwatch.Incidents.Diagnoses;

namespace Midwatch.Cli.Terminal;

/// <summary>Shows a ranking to a person: what speaks for each scenario, what against it, what is missing.</summary>
internal sealed class RankingView(Screen screen)
{
    private const int LinesMax = 6;
    private const int FindingsMax = 12;
    private const int FindingLengthMost = 180;

    internal void Show(EvidenceReference evidence)
    {
        screen.Line($"  {screen.Paint(Ink.Bold, "Evidence")}  {evidence.Observations} observations; what is wrong:");
        foreach (var finding in evidence.Findings.Take(FindingsMax))
        {
            screen.Line($"    • {Layout.Wrap(Layout.Cut(finding, FindingLengthMost), 6)}");
        }

        if (evidence.Findings.Length > FindingsMax)
        {
            screen.Line(
                screen.Paint(Ink.Dim, $"    … and {evidence.Findings.Length - FindingsMax} more in {evidence.Path}"));
        }

        foreach (var unanswered in evidence.CouldNotTell.Take(LinesMax))
        {
            screen.Line($"    {screen.Paint(Ink.Yellow, "could not tell")}  {Layout.Wrap(unanswered, 20)}");
        }
    }

    internal void Show(RankingDigest ranking)
    {
        screen.Line($"  {screen.Paint(Ink.Bold, "Causes")}");
        foreach (var cause in ranking.Causes.Take(LinesMax))
        {
            var explains = cause.Explains.IsEmpty ? string.Empty : $", explains {cause.Explains.Length} of the above";
            screen.Line(
                $"    {Score(cause.Low, cause.High),7}  {Layout.Wrap($"{cause.Title} ({cause.Subject}{explains})", 13)}");
        }

        screen.Line($"  {screen.Paint(Ink.Bold, "Scenarios of the runbook")}");
        foreach (var scenario in ranking.Scenarios)
        {
            Show(scenario, isChosen: scenario.Id == ranking.Chosen);
        }

        var (ink, mark) = ranking.Verdict switch
        {
            RankingVerdict.Act => (Ink.Green, "→"),
            RankingVerdict.NoFault => (Ink.Green, "✓"),
            RankingVerdict.Separate => (Ink.Cyan, "…"),
            _ => (Ink.Yellow, "✗"),
        };
        screen.Line($"  {screen.Paint(ink, mark)} {Layout.Wrap(ranking.Sentence, 4)}");
    }

    private static string Score(int low, int high) => low == high ? $"{low}" : $"{low}–{high}";

    private void Show(ScenarioDigest scenario, bool isChosen)
    {
        var title = $"{Score(scenario.Low, scenario.High),7}  {Layout.Cut(scenario.Heading, 80)}";
        screen.Line(isChosen ? screen.Paint(Ink.Bold, $"  ▸ {title}") : $"    {title}");
        if (!isChosen && scenario.High == 0)
        {
            return;
        }

        Lines("for", Ink.Green, scenario.For);
        Lines("against", Ink.Red, scenario.Against);
        Lines("missing", Ink.Yellow, scenario.Missing);
        if (isChosen)
        {
            Lines("checks", Ink.Cyan, scenario.Checks);
        }
    }

    private void Lines(string label, Ink ink, ImmutableArray<string> lines)
    {
        foreach (var line in lines.Take(LinesMax))
        {
            screen.Line($"             {screen.Paint(ink, label.PadRight(9))}{Layout.Wrap(line, 22)}");
        }

        if (lines.Length > LinesMax)
        {
            screen.Line($"             {screen.Paint(ink, label.PadRight(9))}… and {lines.Length - LinesMax} more");
        }
    }
}
