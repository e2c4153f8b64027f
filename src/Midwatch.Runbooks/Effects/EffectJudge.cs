using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Files;
using Midwatch.Runbooks.Effects.Payloads;
using Midwatch.Runbooks.Effects.Statements;
using Midwatch.Runbooks.Effects.Targets;
using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Effects;

/// <summary>
/// Tells what commands do, from the effect data and their words. The same code judges a command as it is written, for
/// the compiler, and each program with its words expanded, at the moment before it is started.
/// </summary>
/// <remarks>Never throws on any command. Safe to call from many threads.</remarks>
public sealed class EffectJudge
{
    private readonly CallJudge _calls;
    private readonly Surroundings _surroundings = new();

    private EffectJudge(ToolLibrary tools)
    {
        var payloads = new PayloadReaders(ReadShell, (words, place) => _calls!.Judge(words, place));
        _calls = new CallJudge(tools, new ObjectKinds(), payloads, _surroundings);
        Tools = tools;
    }

    /// <summary>The tools that it knows, for whoever looks at calls with the same data.</summary>
    internal ToolLibrary Tools { get; }

    /// <summary>The judge with the data that is compiled into the program.</summary>
    public static EffectJudge Default() => new(new ToolLibrary());

    /// <summary>The judge with files of effect data that a user adds to the built-in ones.</summary>
    /// <param name="files">Each of the form of <c>docs/reference/effect-data.md</c>.</param>
    /// <returns>The judge; or what is wrong with the files, and null.</returns>
    /// <remarks>
    /// Where a file describes a program that the built-in data knows, both are asked and the worse counts; only
    /// <c>replaces: true</c> at the tool makes it milder.
    /// </remarks>
    public static (EffectJudge? Judge, ImmutableArray<EffectFileProblem> Problems) With(IEnumerable<EffectFile> files)
    {
        var reader = new EffectFileReader();
        foreach (var file in files)
        {
            reader.Add(file);
        }

        return reader.Problems.IsEmpty ? (new EffectJudge(new ToolLibrary(reader.Tools)), []) : (null, reader.Problems);
    }

    /// <summary>Judges a whole text.</summary>
    /// <param name="text">The text that the tree's spans point into.</param>
    public CommandEffect Judge(Script script, string text)
    {
        ArgumentNullException.ThrowIfNull(script);
        return EffectSum.Of(Judge(text, CallPlace.Alone).Whole(script.Statements));
    }

    /// <summary>Judges a whole text, and keeps what its programs need to be judged again as each starts.</summary>
    /// <param name="text">The text that the tree's spans point into.</param>
    public JudgedScript Read(Script script, string text)
    {
        ArgumentNullException.ThrowIfNull(script);
        var statements = Judge(text, CallPlace.Alone);
        var effect = EffectSum.Of(statements.Whole(script.Statements));
        return new JudgedScript(_calls, text, script, effect, statements.Inputs);
    }

    /// <summary>Judges one statement. Functions that the text declares elsewhere are not known here.</summary>
    /// <param name="text">The text that the tree's spans point into.</param>
    public CommandEffect Judge(Statement statement, string text) =>
        EffectSum.Of(Judge(text, CallPlace.Alone).Whole([statement]));

    /// <summary>Judges one program with its words expanded.</summary>
    /// <param name="argv">The program's name and its words.</param>
    /// <param name="files">The files that redirections open for it.</param>
    /// <param name="inputIsMade">
    /// What it reads stands in the document or was made by a command of the same pipeline, as judged before: only then
    /// is <c>kubectl apply -f -</c> a change. The default takes input for unknown.
    /// </param>
    public CommandEffect JudgeCall(
        ImmutableArray<string> argv, ImmutableArray<FileUse> files, bool inputIsMade = false)
    {
        var input = inputIsMade ? new CallInput.Made(null, null) : CallInput.Nothing;
        var place = CallPlace.Alone with { Input = input };
        ImmutableArray<CommandEffect> parts = argv.IsDefaultOrEmpty
            ? []
            : _calls.Judge([.. argv.Select(word => new CallWord(word))], place);
        var written = files.IsDefault
            ? []
            : files.Where(file => file.Writes)
                .SelectMany(file => new RedirectionJudge(place).File(new CallWord(file.Path), null));
        return EffectSum.Of([.. parts, .. written]);
    }

    private StatementJudge Judge(string text, CallPlace place) => new(_calls, _surroundings, text, place);

    /// <summary>A text inside a call: a shell of its own reads it.</summary>
    private CommandEffect ReadShell(string text, CallPlace place)
    {
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        if (place.Depth > CallPlace.DepthMax || !parsed.IsSound)
        {
            return new CommandEffect
            {
                Effect = Effect.Unknown,
                Marks = Marks.None,
                Program = "",
                Reasons = ["The commands inside could not be read."],
                Parts = [],
            };
        }

        var parts = Judge(text, place with { Input = CallInput.Nothing, Span = null }).Whole(parsed.Script.Statements);
        // Offsets inside an inner text mean nothing outside of it.
        return EffectSum.Of([.. parts.Select(part => part with { Span = place.Span })]);
    }
}
