using System.Collections.Immutable;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Incidents.Actions;

/// <summary>
/// One command of the runbook and what came of it. Text and output are redacted before they get here.
/// </summary>
public sealed record CommandRecord
{
    /// <summary>
    /// The command's id in the document, such as <c>c12</c>; an id of the inspector's own for its reads.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>What its section is for.</summary>
    public required Phase Phase { get; init; }

    /// <summary>The step that it belongs to.</summary>
    public required string StepTitle { get; init; }

    /// <summary>The command as written.</summary>
    public required string Text { get; init; }

    /// <summary>Its line in the document, 1-based; 0 for reads that no line asks for.</summary>
    public required int Line { get; init; }

    /// <summary>Its column, 1-based; 0 as for the line.</summary>
    public required int Column { get; init; }

    /// <summary>What it does.</summary>
    public required Effect Effect { get; init; }

    /// <summary>What came of it.</summary>
    public required CommandEnd End { get; init; }

    /// <summary>The exit status; null when nothing was started.</summary>
    public int? ExitCode { get; init; }

    /// <summary>When it was started.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required TimeSpan Took { get; init; }

    /// <summary>Standard output and standard error as they came, shortened and redacted.</summary>
    public required string Output { get; init; }

    /// <summary>True when the output was longer than what is kept here.</summary>
    public bool OutputShortened { get; init; }

    /// <summary>Why it was not run or how it was asked instead; null for a plain run.</summary>
    public string? Remark { get; init; }

    /// <summary>Why it was refused, each with its place; empty otherwise.</summary>
    public ImmutableArray<Refusal> Refusals { get; init; } = [];
}

/// <summary>What came of a command.</summary>
public enum CommandEnd
{
    /// <summary>It ran and ended with status 0.</summary>
    Succeeded,

    /// <summary>It ran and ended with another status.</summary>
    Failed,

    /// <summary>It reached its limit and was ended.</summary>
    TimedOut,

    /// <summary>It was refused before anything ran.</summary>
    Refused,

    /// <summary>The same question was asked in a milder way.</summary>
    AskedAnotherWay,

    /// <summary>It was left out: its gate is false, or it belongs to another branch.</summary>
    LeftOut,
}
