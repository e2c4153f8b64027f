using System.Collections.Immutable;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Procedures;

/// <summary>One branch of a resolution.</summary>
public sealed record Scenario
{
    /// <summary>Stable within the procedure.</summary>
    public required string Id { get; init; }

    /// <summary>Its heading, without "Scenario N:".</summary>
    public required string Title { get; init; }

    /// <summary>Its heading as written.</summary>
    public required string Heading { get; init; }

    /// <summary>The condition under which it applies, as written; null when only the title says it.</summary>
    public string? Condition { get; init; }

    /// <summary>Symptoms or causes that the scenario lists for itself, each with its line.</summary>
    public required ImmutableArray<ScenarioHint> Hints { get; init; }

    /// <summary>Its steps in order.</summary>
    public required ImmutableArray<Step> Steps { get; init; }

    /// <summary>The heading's line, 1-based.</summary>
    public required int Line { get; init; }
}

/// <summary>A symptom or cause that a scenario lists for itself.</summary>
public sealed record ScenarioHint(string Text, int Line);
