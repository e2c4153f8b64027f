using System.Collections.Immutable;
using Midwatch.Diagnosis.Scenarios;

namespace Midwatch.Diagnosis.Rankings;

/// <summary>One scenario with everything that speaks for it and against it.</summary>
public sealed record RankedScenario
{
    /// <summary>The scenario's id within the procedure.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its heading's line, 1-based.</summary>
    public required int Line { get; init; }

    /// <summary>The least that it can score, in percent, whatever the missing evidence says.</summary>
    public required int Lo { get; init; }

    /// <summary>The most that it can score.</summary>
    public required int Hi { get; init; }

    /// <summary>The cause that gives the score; null when no cause links to it.</summary>
    public RankedCause? Cause { get; init; }

    /// <summary>What speaks for it.</summary>
    public required ImmutableArray<Reason> For { get; init; }

    /// <summary>What speaks against it.</summary>
    public required ImmutableArray<Reason> Against { get; init; }

    /// <summary>What could not be told.</summary>
    public required ImmutableArray<Reason> Missing { get; init; }

    /// <summary>The conditions before its steps and commands.</summary>
    public required ImmutableArray<GateResult> Gates { get; init; }

    /// <summary>Whether each acting command would help against the cause.</summary>
    public required ImmutableArray<HelpCheck> HelpChecks { get; init; }

    /// <summary>Which commands stay and which are left out, in document order, all of them.</summary>
    public required ImmutableArray<BranchCommand> Branches { get; init; }

    /// <summary>Which causes the text links it to, and by which words.</summary>
    public required ImmutableArray<ScenarioLink> Links { get; init; }

    /// <summary>How many percent of the symptoms its cause explains.</summary>
    public required int Coverage { get; init; }

    /// <summary>Whether it failed before in this incident.</summary>
    public required bool StruckOut { get; init; }
}
