using System.Collections.Immutable;
using Midwatch.Diagnosis;
using Midwatch.Diagnosis.Rankings;
using Midwatch.Diagnosis.Scenarios;

namespace Midwatch.Cli.Terminal;

/// <summary>Shows a ranking to a person: what speaks for each scenario, what against it, what is missing.</summary>
internal sealed class RankingView(Screen screen)
{
    private const int ReasonsMax = 6;
    private const int FindingsMax = 12;

    internal void Show(Ranking ranking, Evidence evidence)
    {
        ShowEvidence(ranking, evidence);
        screen.Line();
        screen.Line(screen.Paint(Ink.Bold, "  Ranking") + "  (0–100; lo–hi where evidence is missing)");
        var chosen = Chosen(ranking.Decision);
        foreach (var scenario in ranking.Scenarios)
        {
            ShowScenario(scenario, isChosen: scenario.Id == chosen);
        }

        screen.Line();
        screen.Line("  " + Sentence(ranking));
    }

    internal static string? Chosen(Decision decision) => decision switch
    {
        Decision.Act act => act.Scenario,
        Decision.Ask ask => ask.Scenario,
        Decision.Family family => family.Scenario,
        _ => null,
    };

    private static string Title(Ranking ranking, string id) =>
        ranking.Scenarios.FirstOrDefault(scenario => scenario.Id == id)?.Title ?? id;

    private string Sentence(Ranking ranking) => ranking.Decision switch
    {
        Decision.Act act => screen.Paint(Ink.Green, "→ ")
            + Layout.Wrap($"{Title(ranking, act.Scenario)}. It explains {ranking.Coverage} % of what is wrong.", 4),
        Decision.Ask ask => screen.Paint(Ink.Yellow, "? ") + Layout.Wrap(
            $"{Title(ranking, ask.Scenario)}, if a person says yes to: {string.Join("; ", ask.Questions.Select(q => q.Text))}", 4),
        Decision.Family family => screen.Paint(Ink.Yellow, "✗ ") + Layout.Wrap(
            $"{Title(ranking, family.Scenario)}: its action would not help, because {Lower(family.Because)}", 4),
        Decision.Abstain abstain => screen.Paint(Ink.Yellow, "✗ ") + Layout.Wrap($"Nothing is done: {abstain.Because}", 4),
        Decision.NoFault none => screen.Paint(Ink.Green, "✓ ") + Layout.Wrap($"No fault found: {none.Because}", 4),
        _ => string.Empty,
    };

    private static string Lower(string sentence) =>
        sentence.StartsWith("because ", StringComparison.OrdinalIgnoreCase) ? sentence["because ".Length..] : sentence;

    private void ShowEvidence(Ranking ranking, Evidence evidence)
    {
        var unanswered = evidence.Reads.Count(read => read.Outcome != Diagnosis.Observations.ReadOutcome.Made);
        var missing = unanswered == 0 ? "all answered" : $"{unanswered} not answered";
        screen.Line(screen.Paint(Ink.Bold, "  Evidence")
            + $"  {evidence.Observations.Length} observations from {evidence.Reads.Length} reads ({missing}); what is wrong:");
        var lines = ranking.Symptoms.Select(symptom => $"{symptom.Subject}: {Words(symptom, evidence)}")
            .Distinct().ToImmutableArray();
        foreach (var line in lines.Take(FindingsMax))
        {
            screen.Line("    • " + Layout.Cut(line, Layout.Width - 6));
        }

        if (lines.Length > FindingsMax)
        {
            screen.Line(screen.Paint(Ink.Dim, $"    … and {lines.Length - FindingsMax} more, in the evidence file"));
        }
    }

    private static string Words(Symptom symptom, Evidence evidence)
    {
        var detail = symptom.Observations.Length > 0 ? evidence.Observations[symptom.Observations[0]].Detail : string.Empty;
        var fact = string.Join(' ', new[] { symptom.Type, symptom.Key, symptom.Value }.Where(part => part.Length > 0));
        return detail.Length == 0 ? fact : $"{fact}: {detail}";
    }

    private void ShowScenario(RankedScenario scenario, bool isChosen)
    {
        var score = scenario.Lo == scenario.Hi ? $"{scenario.Lo}" : $"{scenario.Lo}–{scenario.Hi}";
        var title = $"{score,7}  {Layout.Cut(scenario.Title, 70)}";
        screen.Line(isChosen ? screen.Paint(Ink.Bold, $"  ▸{title}") : $"   {title}");
        if (scenario.StruckOut)
        {
            screen.Line("            struck out: it failed before in this incident");
        }

        if (!isChosen && scenario.Hi == 0)
        {
            return;
        }

        Reasons("for", Ink.Green, scenario.For);
        Reasons("against", Ink.Red, scenario.Against);
        Reasons("missing", Ink.Yellow, scenario.Missing);
        foreach (var check in scenario.HelpChecks.Where(check => isChosen || check.Help == Help.Helps))
        {
            Entry("action", check.Help == Help.Helps ? Ink.Green : Ink.Yellow, check.Because, check.Line);
        }

        foreach (var left in scenario.Branches.Where(branch => isChosen && !branch.Kept))
        {
            Entry("left out", Ink.Dim, left.Why, left.Line);
        }
    }

    private void Reasons(string label, Ink ink, ImmutableArray<Reason> reasons)
    {
        foreach (var reason in reasons.Take(ReasonsMax))
        {
            Entry(label, ink, reason.Weight == 0 ? reason.Text : $"{reason.Text} ({reason.Weight})", reason.Line);
        }

        if (reasons.Length > ReasonsMax)
        {
            Entry(label, ink, $"… and {reasons.Length - ReasonsMax} more", null);
        }
    }

    private void Entry(string label, Ink ink, string text, int? line)
    {
        var place = line is { } number ? $" [line {number}]" : string.Empty;
        screen.Line($"            {screen.Paint(ink, label.PadRight(9))}{Layout.Wrap(text + place, 21)}");
    }
}
