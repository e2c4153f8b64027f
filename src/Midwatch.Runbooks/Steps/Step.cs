using System.Collections.Immutable;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Runbooks.Steps;

/// <summary>What kind of thing a step asks for.</summary>
public enum StepKind
{
    /// <summary>It has commands.</summary>
    Commands,

    /// <summary>A person does it or looks at it.</summary>
    Human,

    /// <summary>It only waits.</summary>
    Wait,
}

/// <summary>One thing to do: narrative and, where it has a block, its commands in order.</summary>
public sealed record Step
{
    /// <summary>Stable within the document, such as <c>s07</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of thing it asks for.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>The phase of its section.</summary>
    public required Phase Phase { get; init; }

    /// <summary>The nearest heading or leading comment.</summary>
    public required string Title { get; init; }

    /// <summary>First line of its block or text, 1-based.</summary>
    public required int Line { get; init; }

    /// <summary>The block's language in lower case (<c>bash</c>, <c>yaml</c>, <c>promql</c>); null for prose.</summary>
    public string? Language { get; init; }

    /// <summary>Prose that belongs to it, as written.</summary>
    public string? Narrative { get; init; }

    /// <summary>Its commands in document order; empty for human steps and waits.</summary>
    public required ImmutableArray<StepCommand> Commands { get; init; }

    /// <summary>What the whole step should show; what one command should show stands with the command.</summary>
    public required ImmutableArray<Expectation> Expects { get; init; }

    /// <summary>The condition under which the step is done at all; null when it always is.</summary>
    public Gate? Gate { get; init; }

    /// <summary>For <see cref="StepKind.Wait"/>: how long.</summary>
    public TimeSpan? WaitFor { get; init; }
}

/// <summary>A condition stated in words before a step or command ("if recent deployment", "if needed").</summary>
/// <param name="Text">The words.</param>
/// <param name="Predicate">The predicate's id (data in the lexicon, such as <c>recent-rollout</c>, <c>if-needed</c>);
/// null when none was found: a question to a human.</param>
public sealed record Gate(string Text, string? Predicate, int Line);
