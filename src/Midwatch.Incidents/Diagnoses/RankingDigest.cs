using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Midwatch.Incidents.Diagnoses;

/// <summary>The ranking as the journal keeps it: enough to read it without the evidence file.</summary>
public sealed record RankingDigest
{
    /// <summary>What follows from it.</summary>
    public required RankingVerdict Verdict { get; init; }

    /// <summary>Why, in one sentence that does not name the chosen scenario; <see cref="Sentence"/> does.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// The scenario to act on, or for <see cref="RankingVerdict.WouldNotHelp"/> the family; null otherwise.
    /// </summary>
    public string? Chosen { get; init; }

    /// <summary>The reason with the heading of the scenario that it speaks of, where there is one.</summary>
    [JsonIgnore]
    public string Sentence =>
        Scenarios.FirstOrDefault(scenario => scenario.Id == Chosen) is { } chosen
            ? $"{chosen.Heading}: {Reason}"
            : Reason;

    /// <summary>The causes, most likely first.</summary>
    public required ImmutableArray<CauseDigest> Causes { get; init; }

    /// <summary>Every scenario of the procedure, best first.</summary>
    public required ImmutableArray<ScenarioDigest> Scenarios { get; init; }

    /// <summary>What is not known and would decide.</summary>
    public required ImmutableArray<string> Missing { get; init; }

    /// <summary>
    /// For <see cref="RankingVerdict.Separate"/>: the reads that may separate the candidates, cheapest first.
    /// </summary>
    public required ImmutableArray<string> SeparatingReads { get; init; }

    /// <summary>The ranking file; null when none was written.</summary>
    public string? Path { get; init; }
}

/// <summary>What follows from a ranking.</summary>
public enum RankingVerdict
{
    /// <summary>One scenario stands out and its action helps.</summary>
    Act,

    /// <summary>A read that was not made yet may tell the candidates apart.</summary>
    Separate,

    /// <summary>The evidence does not carry a decision.</summary>
    Abstain,

    /// <summary>The right scenario is known, but its action would not help.</summary>
    WouldNotHelp,

    /// <summary>No symptom in scope and the alert's expression is false or unknown.</summary>
    NoFault,
}

/// <summary>A cause that the evidence supports.</summary>
public sealed record CauseDigest(string Title, string Subject, int Low, int High, ImmutableArray<string> Explains);

/// <summary>One scenario with its score and what speaks for and against it.</summary>
public sealed record ScenarioDigest
{
    /// <summary>The scenario's id in the document.</summary>
    public required string Id { get; init; }

    /// <summary>Its heading as written.</summary>
    public required string Heading { get; init; }

    /// <summary>The heading's line.</summary>
    public required int Line { get; init; }

    /// <summary>The score if everything unknown speaks against it, 0 to 100.</summary>
    public required int Low { get; init; }

    /// <summary>The score if everything unknown speaks for it, 0 to 100.</summary>
    public required int High { get; init; }

    /// <summary>What speaks for it.</summary>
    public required ImmutableArray<string> For { get; init; }

    /// <summary>What speaks against it.</summary>
    public required ImmutableArray<string> Against { get; init; }

    /// <summary>What is not known.</summary>
    public required ImmutableArray<string> Missing { get; init; }

    /// <summary>For the chosen one: its gates with their answers, and the help check, in words.</summary>
    public required ImmutableArray<string> Checks { get; init; }
}
