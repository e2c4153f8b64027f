using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Makes a step's command out of a block's command and the comment above it.</summary>
internal sealed partial class CommandCompiler(
    CompilerParts parts, CompilationNotes notes, OpenedShells session)
{
    /// <summary>The compiled command; diagnostics about it go to the notes.</summary>
    public StepCommand Compile(BlockCommand command, string comment, int commentLine, Phase phase)
    {
        var effect = Directed(EffectOf(command), comment);
        var inside = Inside(command, effect);
        return new StepCommand
        {
            Id = notes.NextCommand(),
            Text = command.Text,
            Script = command.Script,
            Span = command.Span,
            Origins = command.Origins,
            Effect = effect,
            Phase = phase,
            Placeholders = parts.Placeholders.Read(command, notes.Assigned),
            Comment = comment,
            Expects = phase == Phase.Verify ? Promises(comment, commentLine) : [],
            Gate = GateOf(comment, commentLine),
            IsAlternative = Alternative().IsMatch(comment),
            Inside = inside,
        };
    }

    /// <summary>Where the command runs, and what it opens for those behind it.</summary>
    private SessionPlace? Inside(BlockCommand command, CommandEffect effect)
    {
        var prompted = command.Prompted is { } at ? new OpenedShell(at.Place, at.Prompt, command.Span.Line) : null;
        return session.Enter(command.Text, effect.Program, command.Span.Line, prompted) is { } place
            ? new SessionPlace(place.Kind, place.Opener, place.Line)
            : null;
    }

    private static ImmutableArray<Expectation> Promises(string comment, int line) =>
    [
        .. comment.Split('\n')
            .Select((text, index) => ExpectationReader.FromSentence(Number().Replace(text, ""), line + index))
            .OfType<Expectation>(),
    ];

    private Gate? GateOf(string comment, int line)
    {
        if (comment.Length == 0)
        {
            return null;
        }

        var lines = comment.Split('\n');
        for (var i = lines.Length - 1; i >= 0; i--)
        {
            if (parts.Gates.Find(lines[i], line + i) is { } gate)
            {
                return gate;
            }
        }

        return null;
    }

    private CommandEffect EffectOf(BlockCommand command)
    {
        if (command.Prompted is { } prompted && Read(prompted) is { } read)
        {
            return read;
        }

        if (command.Script is null)
        {
            return new CommandEffect
            {
                Effect = Effect.Unknown,
                Marks = Marks.None,
                Program = "",
                Reasons =
                [
                    command.Prompted is null
                        ? "The command is damaged, so that what it does cannot be told."
                        : "It is no shell command, and what reads it is not known.",
                ],
                Parts = [],
            };
        }

        var effect = parts.Judge.Judge(command.Script, command.Text);
        if (!effect.Parts.Any(part => IsNoProgram(part, command)))
        {
            return effect;
        }

        var missing = effect.Parts.Where(part => IsNoProgram(part, command)).ToList();
        foreach (var part in missing)
        {
            notes.Add(new RunbookDiagnostic(
                "MW2001",
                Severity.Error,
                $"There is no program '{part.Program}'.",
                Place(command, part),
                parts.Languages.RemedyFor(part.Program)));
        }

        // What is no program does nothing; the command is refused all the same.
        return EffectSum.Of([.. effect.Parts.Where(part => !missing.Contains(part))]);
    }

    /// <summary>
    /// A word for what is read or piped in, where its output is wanted: "$(stdin)". At the beginning of a line it is
    /// rather a line of another language.
    /// </summary>
    private bool IsNoProgram(CommandEffect part, BlockCommand command) =>
        parts.Languages.RemedyFor(part.Program) is not null
        && part.Span is { } span
        && command.Text.AsSpan(0, Math.Min(span.Start, command.Text.Length)).TrimEnd() is [.., '(' or '`' or '|'];

    /// <summary>What a database's prompt reads, judged as its program would with those words.</summary>
    private CommandEffect? Read(PromptedLine line) =>
        parts.Sessions.ReaderOf(line.Prompt) is not { } reader || line.Place != "database" ? null
        : reader.Option is { } option ? parts.Judge.JudgeCall([reader.Program, option, line.Text], [])
        : parts.Judge.JudgeCall(
            [reader.Program, .. line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries)], []);

    private static DocumentSpan Place(BlockCommand command, CommandEffect part)
    {
        if (part.Span is not { } span)
        {
            return command.Span;
        }

        var before = command.Text[..Math.Min(span.Start, command.Text.Length)];
        var origin = command.Origins[Math.Min(before.Count(c => c == '\n'), command.Origins.Length - 1)];
        var column = origin.Column + before.Length - (before.LastIndexOf('\n') + 1);
        return new DocumentSpan(origin.Line, column, origin.Line, column + span.Length);
    }

    /// <summary>
    /// One replica may be up or down: where the comment says which, it is believed for the shape, never for the effect.
    /// </summary>
    private static CommandEffect Directed(CommandEffect effect, string comment)
    {
        if (effect.Action is not ("scale" or "scale-up" or "scale-down") || effect.Target?.Replicas == 0)
        {
            return effect;
        }

        return Up().IsMatch(comment)
            ? effect with { Action = "scale-up", Marks = effect.Marks & ~Marks.Disrupts }
            : Down().IsMatch(comment)
                ? effect with { Action = "scale-down", Marks = effect.Marks | Marks.Disrupts }
                : effect;
    }

    [GeneratedRegex(@"^\s*(or|alternatively|alternative|otherwise)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Alternative();

    [GeneratedRegex(@"^\s*(\d+[.)]|[-*])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(scale|scal\w+)\b.*\bup\b|\bincrease\b|\bscale out\b|\bmore replicas\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Up();

    [GeneratedRegex(@"\b(scale|scal\w+)\b.*\b(down|in)\b|\breduce\b|\bfewer replicas\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Down();
}
