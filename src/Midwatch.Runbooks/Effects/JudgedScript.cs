using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Statements;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects;

/// <summary>
/// A text with its effect as written, that judges its programs again as each is about to start: with the words that
/// it really gets, and with what is known of its input and of the words that become code.
/// </summary>
/// <remarks>Safe to use from many threads.</remarks>
public sealed class JudgedScript
{
    private readonly CallJudge _calls;
    private readonly ImmutableDictionary<SourceSpan, CallInput> _inputs;
    private readonly WordShapes _shapes;
    private readonly ImmutableDictionary<SourceSpan, CommandWords> _commands;

    internal JudgedScript(
        CallJudge calls,
        string text,
        Script script,
        CommandEffect effect,
        ImmutableDictionary<SourceSpan, CallInput> inputs)
    {
        (_calls, _inputs, Effect) = (calls, inputs, effect);
        _shapes = new WordShapes(script, text);
        _commands = ShellTree.Descendants(script).OfType<Command.Simple>()
            .DistinctBy(simple => simple.Span)
            .ToImmutableDictionary(
                simple => simple.Span,
                simple => new CommandWords(
                    simple, CodeWords(simple, text, effect.CodeWords), RunsText(simple, text)));
    }

    /// <summary>A command of the text, and the words of it that become code.</summary>
    private sealed record CommandWords(Command.Simple Simple, ImmutableArray<Regex> Code, bool RunsText);

    private static bool RunsText(Command.Simple simple, string text) =>
        simple.Words is [var first, ..]
        && WordReading.Read(first, text) is { Known: true, Text: "eval" or "source" or "." or "trap" };

    /// <summary>The effect of the text as written.</summary>
    public CommandEffect Effect { get; }

    /// <summary>Judges a program of the text with everything expanded.</summary>
    public CommandEffect Judge(ProgramCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var place = CallPlace.Alone with { Input = _inputs.GetValueOrDefault(call.Span, CallInput.Nothing) };
        var parts = _calls.Judge([.. call.Arguments.Select(word => new CallWord(word))], place);
        var written = call.Files.IsDefault
            ? []
            : call.Files.Where(file => file.Writes)
                .SelectMany(file => new RedirectionJudge(place).File(new CallWord(file.Path), null));
        return EffectSum.Of(
        [
            .. parts,
            .. _calls.Variables(call.Assignments.Keys, place),
            .. written,
            .. Values(call),
        ]);
    }

    /// <summary>Judges a command of the text before anything runs; what is not known yet counts as a hole.</summary>
    /// <param name="text">The text that the call's words stand in.</param>
    public CommandEffect Foresee(ForeseenCall call, string text)
    {
        ArgumentNullException.ThrowIfNull(call);
        var place = CallPlace.Alone with
        {
            Input = _inputs.GetValueOrDefault(call.Source.Span, CallInput.Nothing),
        };
        ImmutableArray<CallWord> words =
        [
            .. call.Arguments.Select(argument =>
                argument.Text is { } known ? new CallWord(known) : WordReading.Read(argument.Word, text)),
        ];
        return EffectSum.Of(
        [
            .. words.IsEmpty ? [] : _calls.Judge(words, place),
            .. _calls.Variables(call.Source.Assignments.Select(assignment => assignment.Name), place),
        ]);
    }

    /// <summary>What is wrong with the values that filled the holes.</summary>
    private IEnumerable<CommandEffect> Values(ProgramCall call)
    {
        // What eval and its like run stands in a text of its own; the interpreter keeps values out of that text.
        if (!_commands.TryGetValue(call.Span, out var command) || command.RunsText)
        {
            yield break;
        }

        if (command.Code.Any(pattern => !call.Arguments.Any(argument => pattern.IsMatch(argument))))
        {
            yield return Wrong("A value that is no plain word would become code.");
        }

        if (_shapes.BecameOption(command.Simple, call.Arguments))
        {
            yield return Wrong("A value would become an option.");
        }
    }

    private static CommandEffect Wrong(string why) => new()
    {
        Effect = Effects.Effect.Unknown, Marks = Marks.None, Program = "", Parts = [], Reasons = [why],
    };

    private ImmutableArray<Regex> CodeWords(Command.Simple simple, string text, ImmutableArray<string> code) =>
    [
        .. simple.Words.Where(word => code.Contains(WordReading.Read(word, text).Text, StringComparer.Ordinal))
            .Select(_shapes.Plain),
    ];
}
