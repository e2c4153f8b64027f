using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Procedures;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Steps;

/// <summary>One command of a step: one top-level shell statement, as written.</summary>
public sealed record StepCommand
{
    /// <summary>Stable within the document, such as <c>c12</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The text as written, continuation lines included, prompt and list indentation removed.</summary>
    public required string Text { get; init; }

    /// <summary>Where it stands in the document.</summary>
    public required DocumentSpan Span { get; init; }

    /// <summary>For each line of <see cref="Text"/>, where that line starts in the document (1-based).</summary>
    public required ImmutableArray<LineOrigin> Origins { get; init; }

    /// <summary>
    /// The parsed text; spans are offsets into <see cref="Text"/>. Null when it cannot be parsed or is damaged: the
    /// command is refused then, and a diagnostic of the runbook says why.
    /// </summary>
    public required Script? Script { get; init; }

    /// <summary>What it will do, with its program, target and marks.</summary>
    public required CommandEffect Effect { get; init; }

    /// <summary>The phase of its section.</summary>
    public required Phase Phase { get; init; }

    /// <summary>Its holes, typed by where they stand.</summary>
    public required ImmutableArray<Placeholder> Placeholders { get; init; }

    /// <summary>The comment lines right above it, without <c>#</c>.</summary>
    public required string Comment { get; init; }

    /// <summary>What it should show.</summary>
    public required ImmutableArray<Expectation> Expects { get; init; }

    /// <summary>The condition under which it is run; null when it always is.</summary>
    public Gate? Gate { get; init; }

    /// <summary>It is another way to do what the command before it does ("# or …"), not what comes after it.</summary>
    public bool IsAlternative { get; init; }

    /// <summary>
    /// The shell or prompt of another place that it runs in, because an earlier command opened it or its prompt says
    /// so; null for a command of the session itself. Midwatch never runs such a command: it goes to a person.
    /// </summary>
    public SessionPlace? Inside { get; init; }

    /// <summary>Maps an offset in <see cref="Text"/> to the document.</summary>
    /// <returns>1-based line and column.</returns>
    public (int Line, int Column) Locate(int offset)
    {
        var line = 0;
        var start = 0;
        for (var i = 0; i < offset && i < Text.Length; i++)
        {
            if (Text[i] == '\n')
            {
                line++;
                start = i + 1;
            }
        }

        var origin = Origins[Math.Min(line, Origins.Length - 1)];
        return (origin.Line, origin.Column + Math.Max(0, offset - start));
    }
}

/// <summary>Where a line of a command's text starts in the document, 1-based.</summary>
public readonly record struct LineOrigin(int Line, int Column);

/// <summary>A hole to fill.</summary>
/// <param name="Name">As written, without its brackets.</param>
/// <param name="Type">An id of the placeholder types (data): <c>pod</c>, <c>node</c>, <c>account-id</c>, …; <c>text</c>
/// when nothing tells.</param>
public sealed record Placeholder(string Name, string Type, DocumentSpan Span);
