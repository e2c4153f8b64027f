using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Diagnosis.Causes;
using Midwatch.Diagnosis.Lexicons;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis.Scenarios;

/// <summary>
/// Links scenarios to causes by what the runbook says. Needs no cluster: <c>compile --explain</c> shows it.
/// </summary>
public static partial class ScenarioLinker
{
    private const int ByRule = 100;
    private const int ByCondition = 90;
    private const int ByTitle = 80;
    private const int ByHint = 70;
    private const int ByShape = 50;

    /// <summary>All links of a procedure, the strongest one for each scenario and cause, in document order.</summary>
    public static ImmutableArray<ScenarioLink> Link(Procedure procedure, CauseCatalog causes) =>
    [
        .. procedure.Scenarios.SelectMany(scenario => ByText(procedure, scenario).Concat(FromShape(scenario, causes))
            .Where(link => causes.Find(link.Cause) is not null)
            .GroupBy(link => link.Cause, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.OrderByDescending(link => link.Strength).ThenBy(link => link.DependencyOnly)
                .ThenBy(link => link.Line).First())),
    ];

    private static IEnumerable<ScenarioLink> ByText(Procedure procedure, Scenario scenario)
    {
        foreach (var rule in procedure.Rules.Where(rule => Names(rule, scenario)))
        {
            // "→ see Scenario 2" says nothing of the cause; then the observation does.
            var named = Lexicon.Default.CausesIn(rule.Cause);
            var text = named.Length > 0 ? rule.Cause : rule.Observation;
            var why = $"the rule \"{rule.Observation} → {rule.Cause}\" names it";
            foreach (var link in FromText(scenario, text, ByRule, why, rule.Line))
            {
                yield return link;
            }
        }

        var texts = new List<(string Text, int Strength, string What, int Line)>();
        var conditioned = ImmutableHashSet<string>.Empty;
        if (scenario.Condition is { } condition)
        {
            texts.Add((condition, ByCondition, "its condition", scenario.Line));
            conditioned = [.. Lexicon.Default.CausesIn(condition).Select(named => named.Cause)];
        }

        texts.Add((scenario.Title, ByTitle, "its title", scenario.Line));
        texts.AddRange(scenario.Hints.Select(hint => (hint.Text, ByHint, "what it lists", hint.Line)));
        foreach (var (text, strength, what, line) in texts)
        {
            // A condition that speaks of causes says to which of the title's the scenario is meant.
            foreach (var link in FromText(scenario, text, strength, $"{what} \"{text}\" says so", line)
                .Where(link => conditioned.IsEmpty || conditioned.Contains(link.Cause)))
            {
                yield return link;
            }
        }
    }

    private static IEnumerable<ScenarioLink> FromText(
        Scenario scenario, string text, int strength, string why, int line) =>
        Lexicon.Default.CausesIn(text).Select(named =>
            new ScenarioLink(scenario.Id, named.Cause, strength, $"{why} (\"{named.Words}\")", line)
            {
                DependencyOnly = named.DependencyOnly,
                Words = Lexicon.Default.Naming(text),
            });

    private static IEnumerable<ScenarioLink> FromShape(Scenario scenario, CauseCatalog causes) =>
        from command in scenario.Steps.SelectMany(step => step.Commands)
        where ActionShape.IsActing(command) && ActionShape.Doing(command.Effect).Action is not null
        from cause in causes.Causes
        where cause.TreatedBy.Any(treatment => ActionShape.Covers(command, treatment.Action))
        select new ScenarioLink(
            scenario.Id, cause.Id, ByShape,
            $"its command does what treats this ({ActionShape.Doing(command.Effect).Action})", command.Span.Line);

    // A rule names a scenario by its number, or when at least half of what its cause says stands in the title.
    private static bool Names(Rule rule, Scenario scenario)
    {
        if (Number(rule.Cause) is { } number && Number(scenario.Heading) == number)
        {
            return true;
        }

        var said = Lexicon.Default.Telling(rule.Cause);
        var title = Lexicon.Default.Telling(scenario.Title);
        var shared = said.Count(stem => title.Contains(stem, StringComparer.Ordinal));
        return shared > 0 && shared * 2 >= said.Length;
    }

    private static string? Number(string text) =>
        ScenarioNumber().Match(text) is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex(@"(?:scenario|option|case)\s+(\w{1,3})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ScenarioNumber();
}
