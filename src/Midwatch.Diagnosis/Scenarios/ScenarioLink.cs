using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Scenarios;

/// <summary>Why a scenario is held to be about a cause. Made from the text alone.</summary>
/// <param name="Scenario">The scenario's id.</param>
/// <param name="Cause">The cause's id.</param>
/// <param name="Strength">In percent: a rule of the text 100, its condition 90, its title 80, its hints 70, its
/// commands' shape 50.</param>
/// <param name="Why">One sentence that quotes the words.</param>
/// <param name="Line">The line of the words, 1-based.</param>
public sealed record ScenarioLink(string Scenario, string Cause, int Strength, string Why, int Line)
{
    /// <summary>
    /// Whether the words speak of something that others need ("Redis unavailable"), not of the alerted service.
    /// </summary>
    public bool DependencyOnly { get; init; }

    /// <summary>The words, stemmed: where they name objects of the scope, only these are meant.</summary>
    public ImmutableArray<string> Words { get; init; } = [];
}
