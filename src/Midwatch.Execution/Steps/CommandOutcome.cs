using System.Collections.Immutable;

namespace Midwatch.Execution.Steps;

/// <summary>One command of a runbook and what came of it. Everything in it may be stored and shown.</summary>
public sealed record CommandOutcome
{
    /// <summary>The command's id in its document.</summary>
    public required string CommandId { get; init; }

    /// <summary>The command as written, secrets replaced.</summary>
    public required string Text { get; init; }

    /// <summary>Its line in the document, 1-based.</summary>
    public required int Line { get; init; }

    /// <summary>Its column there, 1-based.</summary>
    public required int Column { get; init; }

    /// <summary>What came of it.</summary>
    public required CommandEnd End { get; init; }

    /// <summary>The programs that were started, in order, each with the vector that it got, secrets replaced.</summary>
    public ImmutableArray<ImmutableArray<string>> Started { get; init; } = [];

    /// <summary>
    /// The exit status as a shell counts it; null when nothing was started or it did not end by itself.
    /// </summary>
    public int? ExitCode { get; init; }

    /// <summary>Standard output.</summary>
    public CapturedText Output { get; init; } = CapturedText.Nothing;

    /// <summary>Standard error.</summary>
    public CapturedText Error { get; init; } = CapturedText.Nothing;

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Why it was refused or stopped; empty otherwise.</summary>
    public ImmutableArray<CommandRefusal> Refusals { get; init; } = [];

    /// <summary>
    /// For <see cref="CommandEnd.AskedAnotherWay"/>: the question that was put to the cluster instead.
    /// </summary>
    public InspectorQuestion? Question { get; init; }

    /// <summary>
    /// For <see cref="CommandEnd.AskedAnotherWay"/>: the answer; null when nobody was there to give one.
    /// </summary>
    public QuestionAnswer? Answer { get; init; }

    /// <summary>One sentence on what is not plain to see; null for a plain run.</summary>
    public string? Remark { get; init; }

    /// <summary>Gets whether it did what it was meant to do, as far as its status tells.</summary>
    public bool IsWell => End is CommandEnd.Succeeded or CommandEnd.Followed or CommandEnd.Held;
}
