using System.Collections.Immutable;
using System.Text;
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
    private const int PlainLengthMax = 1024;
    private readonly CallJudge _calls;
    private readonly ImmutableDictionary<SourceSpan, CallInput> _inputs;
    private readonly ImmutableDictionary<SourceSpan, ImmutableArray<Regex>> _codeWords;

    internal JudgedScript(
        CallJudge calls,
        string text,
        Script script,
        CommandEffect effect,
        ImmutableDictionary<SourceSpan, CallInput> inputs)
    {
        (_calls, _inputs, Effect) = (calls, inputs, effect);
        _codeWords = ShellTree.Descendants(script).OfType<Command.Simple>()
            .Select(simple => KeyValuePair.Create(simple.Span, CodeWords(simple, text, effect.CodeWords)))
            .Where(pair => !pair.Value.IsEmpty)
            .DistinctBy(pair => pair.Key)
            .ToImmutableDictionary();
    }

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
            .. BecomesCode(call) ? [CodePart(place)] : (ImmutableArray<CommandEffect>)[],
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

    /// <summary>
    /// Whether what filled a hole is more than a plain word, in a word that some language reads as code.
    /// </summary>
    private bool BecomesCode(ProgramCall call) =>
        _codeWords.TryGetValue(call.Span, out var patterns)
        && patterns.Any(pattern => !call.Arguments.Any(argument => pattern.IsMatch(argument)));

    private static CommandEffect CodePart(CallPlace place) => new()
    {
        Effect = Effects.Effect.Unknown, Marks = Marks.None, Program = "", Parts = [], Span = place.Span,
        Reasons = ["A value that is no plain word would become code."],
    };

    private static ImmutableArray<Regex> CodeWords(Command.Simple simple, string text, ImmutableArray<string> code) =>
    [
        .. simple.Words.Where(word => code.Contains(WordReading.Read(word, text).Text, StringComparer.Ordinal))
            .Select(word => Filled(word, text)),
    ];

    /// <summary>What the word looks like when its holes are filled with plain words.</summary>
    private static Regex Filled(Word word, string text)
    {
        var pattern = new StringBuilder("^");
        foreach (var (literal, isHole) in WordReading.Pieces(word, text))
        {
            pattern.Append(isHole
                ? FormattableString.Invariant($"[A-Za-z0-9_.:/@%+,=-]{{0,{PlainLengthMax}}}")
                : Regex.Escape(literal));
        }

        return new Regex(pattern.Append('$').ToString(), RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }
}
