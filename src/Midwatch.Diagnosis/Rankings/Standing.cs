using System.Collections.Immutable;
using Midwatch.Diagnosis.Scenarios;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>A scenario with the cause that speaks most for it.</summary>
/// <param name="Best">Null when no cause links to it that the evidence speaks for at all.</param>
/// <param name="Hi">The most that any cause can give it.</param>
internal sealed record Standing(
    Scenario Scenario, Assessment? Best, int Hi, int Coverage, bool IsStruckOut, ImmutableArray<ScenarioLink> Links)
{
    public int Lo => Best?.Lo ?? 0;

    public RankedScenario ToRanked() => new()
    {
        Id = Scenario.Id,
        Title = Scenario.Title,
        Line = Scenario.Line,
        Lo = Lo,
        Hi = Hi,
        Cause = Best?.Cause.Ranked,
        For = Best is null ? [] : [LinkReason(Best.Link), .. Best.Cause.Ranked.For],
        Against = Best?.Cause.Ranked.Against ?? [],
        Missing = Best is null
            ? []
            : [.. Best.Cause.Ranked.Missing,
                .. Best.OpenGates.Select(gate => new Reason(0, $"\"{gate.Text}\": {gate.Why}", [], gate.Line))],
        Gates = Best?.Gates ?? [],
        HelpChecks = Best?.HelpChecks ?? [],
        Branches = Best?.Branches
            ?? [.. Scenario.Steps.SelectMany(step => step.Commands).Select(command =>
                new BranchCommand(command.Id, false, "Nothing observed speaks for this scenario.", command.Span.Line))],
        Links = Links,
        Coverage = Coverage,
        StruckOut = IsStruckOut,
    };

    private static Reason LinkReason(ScenarioLink link) =>
        new(0, $"{char.ToUpperInvariant(link.Why[0])}{link.Why[1..]}: {link.Strength} %.", [], link.Line);
}
