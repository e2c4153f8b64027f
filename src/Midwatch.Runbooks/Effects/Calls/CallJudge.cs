using System.Collections.Immutable;
using Midwatch.Runbooks.Effects.Payloads;
using Midwatch.Runbooks.Effects.Places;
using Midwatch.Runbooks.Effects.Statements;
using Midwatch.Runbooks.Effects.Targets;
using Midwatch.Runbooks.Effects.Tools;

namespace Midwatch.Runbooks.Effects.Calls;

/// <summary>Judges single calls: a program's name and its words, expanded or not.</summary>
internal sealed class CallJudge(
    ToolLibrary tools, ObjectKinds kinds, PayloadReaders payloads, Surroundings surroundings)
{
    private const string SwitchAction = "switch-context";
    private readonly CallPlaces _places = new();
    private readonly SecretFiles _secretFiles = new();

    /// <summary>The parts of a call: its own first, then those of what it runs.</summary>
    /// <param name="words">The program's name and its words; not empty.</param>
    public ImmutableArray<CommandEffect> Judge(ImmutableArray<CallWord> words, CallPlace place)
    {
        var name = words[0];
        var known = name.Known && place.Depth <= CallPlace.DepthMax ? tools.FindAll(name.Text) : [];
        if (known.Length > 0)
        {
            return known.Length == 1
                ? Judge(known[0], words, place)
                : Worst([.. known.Select(tool => Judge(tool, words, place))]);
        }

        var judgement = new Judgement(Shown(name.Text), place);
        if (place.Depth > CallPlace.DepthMax)
        {
            judgement.Add(Effect.Unknown, Marks.None, "Commands are wrapped too deep to be looked into.");
        }
        else if (!name.Known)
        {
            judgement.Add(Effect.Unknown, Marks.None, $"Which program '{name.Text}' is can be told only at run time.");
        }
        else
        {
            judgement.Add(Effect.Unknown, Marks.None, $"The effect data does not know the program '{name.Text}'.");
        }

        return judgement.Parts();
    }

    private ImmutableArray<CommandEffect> Judge(
        ToolSpecification tool, ImmutableArray<CallWord> words, CallPlace place)
    {
        var judgement = new Judgement(Shown(words[0].Text), place);
        Apply(tool, CallParser.Parse(tool, words.AsSpan()[1..]), judgement);
        return judgement.Parts();
    }

    /// <summary>What the worse description says, with all marks and places of both.</summary>
    private static ImmutableArray<CommandEffect> Worst(ImmutableArray<ImmutableArray<CommandEffect>> views)
    {
        var wholes = views.Select(EffectSum.Of).ToImmutableArray();
        var worst = wholes.IndexOf(wholes.MaxBy(whole => whole.Effect)!);
        var all = EffectSum.Of([.. views.SelectMany(parts => parts)]);
        var parts = views[worst];
        return
        [
            parts[0] with { Marks = parts[0].Marks | all.Marks, Elsewhere = all.Elsewhere, Hosts = all.Hosts },
            .. parts[1..],
        ];
    }

    /// <summary>The parts of setting variables for one call; empty for those that are only values.</summary>
    public IEnumerable<CommandEffect> Variables(IEnumerable<string> names, CallPlace place)
    {
        foreach (var name in names.Where(surroundings.Matters))
        {
            var judgement = new Judgement("", place);
            Assigned(name, judgement);
            yield return judgement.Parts()[0];
        }
    }

    /// <summary>Whether what a program reads or is given as words comes out of it again.</summary>
    public bool Passes(CallWord program) => program.Known && tools.Find(program.Text)?.Passes == true;

    /// <summary>Whether the data knows a program of that name.</summary>
    public bool Knows(string program) => tools.Find(program) is not null;

    private void Apply(ToolSpecification tool, ParsedCall call, Judgement judgement)
    {
        var verb = call.Verb;
        var verbs = string.Join(' ', call.Path);
        var name = verbs.Length == 0 ? tool.Name : $"{tool.Name} {verbs}";
        judgement.Subcommand = verbs.Length == 0 ? null : verbs;
        judgement.Target = CallTargets.Of(call, kinds);
        judgement.Action = verb.Action;
        if (call.StrangeVerb is { } strange)
        {
            judgement.Add(Effect.Unknown, verb.Marks, $"The effect data does not know '{name} {strange.Text}'.");
            return;
        }

        AddVerb(call, judgement, name);
        judgement.Makes = IsDryRun(call) ? judgement.Target : null;
        _places.Read(call, judgement);
        if (judgement.Action == SwitchAction)
        {
            judgement.LeadsTo(name);
        }

        AddOptions(call, judgement, name);
        foreach (var variable in verb.Assigns ? call.Operands : [])
        {
            Target(variable, judgement);
        }

        if (tool.Passes && call.Operands.Any(_secretFiles.Has))
        {
            judgement.Add(Effect.Read, Marks.PrintsSecret, "A file that holds secrets is shown.");
        }

        AddFedOptions(call, judgement);
        var hasPayload = AddPayloads(call, judgement);
        if (verb.Reader is { } reader)
        {
            payloads.ReadCall(reader, call, judgement);
        }

        var hasInner = verb.Wraps is { } wraps && AddInner(tool, wraps, call, judgement);
        if (!hasPayload && !hasInner)
        {
            AddInput(call, judgement, name);
        }
    }

    private static void AddVerb(ParsedCall call, Judgement judgement, string name)
    {
        var verb = call.Verb;
        var effect = verb.Effect;
        var why = verb.Why;
        var decided = false;
        var marks = verb.Marks;
        var kind = judgement.Target?.Kind;
        EffectRule? doubtful = null;
        foreach (var rule in verb.Rules)
        {
            var mildens = rule.Effect < verb.Effect;
            if (!rule.Holds(call, kind, mildens))
            {
                // A rule that may hold, but not for certain, keeps a milder one behind it from deciding.
                doubtful = mildens && rule.Effect > (doubtful?.Effect ?? Effect.Read)
                    && rule.Holds(call, kind, mildens: false)
                        ? rule
                        : doubtful;
                continue;
            }

            marks |= rule.Marks;
            if (rule.Effect is not null && !decided)
            {
                var decides = doubtful?.Effect > rule.Effect ? doubtful : rule;
                (effect, why, decided) = (decides.Effect ?? effect, decides.Why ?? why, true);
                judgement.Action = decides.Action ?? judgement.Action;
            }
            else if (rule.Effect is null)
            {
                judgement.Action = rule.Action ?? judgement.Action;
            }
        }

        judgement.Add(effect, marks, why ?? Sentence(name, effect));
    }

    /// <summary>Whether the call only prints the object that it would make.</summary>
    private static bool IsDryRun(ParsedCall call) =>
        call.ValueOf("--dry-run") is { Known: true, Text: "client" }
            && call.ValueOf("-o", "--output") is { Known: true, Text: "yaml" or "json" };

    private static string Sentence(string name, Effect effect) => effect switch
    {
        Effect.Read => $"'{name}' only reads.",
        Effect.Change => $"'{name}' changes something.",
        Effect.Destroy => $"'{name}' destroys something.",
        _ => $"What '{name}' does cannot be told.",
    };

    private void AddOptions(ParsedCall call, Judgement judgement, string name)
    {
        foreach (var option in call.Options)
        {
            // An option before the verb may have the verb for its value: the verb's leniency is not for it.
            var isLetThrough = call.Verb.Lenient && option.Depth == call.Path.Length;
            if (option is { Specification: null, IsSuspect: false } && !isLetThrough)
            {
                judgement.Add(Effect.Unknown, Marks.None,
                    $"The effect data does not know the option '{option.Name}' of '{name}'.");
            }

            if (option is { Specification.Role: "variable", Value: { } variable })
            {
                Target(variable, judgement);
            }

            if (option.Specification?.Raises is { } raises && call.Has(option.Name))
            {
                judgement.Add(raises);
            }
        }
    }

    /// <summary>A word names a variable that the call sets.</summary>
    private void Target(CallWord word, Judgement judgement)
    {
        if (word.Known)
        {
            Assigned(word.Text.Split('[')[0], judgement);
        }
        else
        {
            judgement.Add(Effect.Unknown, Marks.None, "Which variable it sets can be told only at run time.");
        }
    }

    /// <summary>
    /// Words that another program fills may begin with a hyphen: that matters where an option of the tool would act.
    /// </summary>
    private static void AddFedOptions(ParsedCall call, Judgement judgement)
    {
        if (call.Operands.Any(word => word is { IsFed: true, KnownLength: 0 }) && call.Verb.HasActingOptions)
        {
            judgement.Add(Effect.Unknown, Marks.None, "What it is fed may be read as an option.");
        }
    }

    private bool AddPayloads(ParsedCall call, Judgement judgement)
    {
        var found = false;
        foreach (var option in call.Options)
        {
            if (option is { Specification.Payload: { } reader, Value: { } value })
            {
                payloads.Read(reader, value, judgement);
                found = true;
            }
        }

        if (call.Verb.Operands is { } operands && !call.Has(operands.Unless.AsSpan()))
        {
            var words = operands.Index is { } index ? call.Operands.Skip(index).Take(1) : call.Operands;
            ImmutableArray<CallWord> given = [.. words];
            if (!given.IsEmpty)
            {
                payloads.Read(operands.Reader, given, judgement);
                found = true;
            }
        }

        return found;
    }

    private bool AddInner(ToolSpecification tool, Wrapping wraps, ParsedCall call, Judgement judgement)
    {
        var words = wraps.Behind && call.Behind is { } behind
            ? behind
            : wraps.Skip is { } skip
                ? [.. call.Operands.Skip(skip), .. call.Behind ?? []]
                : [];
        words = words is [{ Known: true, Text: "--" }, ..] ? words[1..] : words;
        words = wraps.Assignments ? WithoutAssignments(words, judgement) : words;
        if (words.IsEmpty || (!wraps.Unless.IsEmpty && call.Has(wraps.Unless.AsSpan())))
        {
            return call.Has(wraps.Unless.AsSpan());
        }

        judgement.Transparent = wraps.Transparent;
        words = Fed(wraps, call, words);
        if (wraps.Shell)
        {
            payloads.Read(wraps.Remote ? "remote-shell" : "shell", words, judgement);
            return true;
        }

        if (Entrypoint(tool, wraps, call) is { } program && tools.Find(words[0].Text) is null)
        {
            words = [new CallWord(program), .. words];
        }

        foreach (var part in Judge(words, judgement.Place.Inside(wraps.Remote)))
        {
            judgement.Add(part);
        }

        return true;
    }

    /// <summary>The words as another program fills them: in place of a text, or behind them.</summary>
    private static ImmutableArray<CallWord> Fed(Wrapping wraps, ParsedCall call, ImmutableArray<CallWord> words)
    {
        if (call.Options.LastOrDefault(option => wraps.Fills.Contains(option.Name)) is { } fills)
        {
            var hole = fills.Value?.Text ?? "{}";
            return [.. words.Select(word => word.Fed(hole))];
        }

        return wraps.Appends ? [.. words, new CallWord("…", 0, true) { IsFed = true }] : words;
    }

    private ImmutableArray<CallWord> WithoutAssignments(ImmutableArray<CallWord> words, Judgement judgement)
    {
        var count = 0;
        while (count < words.Length && words[count].Text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
        {
            var name = words[count++].Text[..equals];
            Assigned(name, judgement);
        }

        return words[count..];
    }

    /// <summary>Adds what setting a variable for a call means.</summary>
    private void Assigned(string name, Judgement judgement)
    {
        if (surroundings.LeadsElsewhere(name))
        {
            judgement.LeadsTo(name);
        }

        if (surroundings.Matters(name))
        {
            judgement.Add(Effect.Unknown, Marks.None, $"Setting {name} changes what programs do, or where.");
        }
    }

    /// <summary>
    /// The program of an image that is given only arguments (<c>kubectl run x --image=… -- s3 ls</c>).
    /// </summary>
    private static string? Entrypoint(ToolSpecification tool, Wrapping wraps, ParsedCall call)
    {
        var named = wraps.Image is { } at && at < call.Operands.Length ? call.Operands[at]
            : wraps.Entrypoint is { } option ? call.ValueOf(option)
            : null;
        if (named is not { Known: true } image || call.Has("--command", "--entrypoint"))
        {
            return null;
        }

        var name = image.Text.Split('@')[0];
        name = name[(name.LastIndexOf('/') + 1)..].Split(':')[0];
        return tool.Entrypoints.GetValueOrDefault(name);
    }

    private void AddInput(ParsedCall call, Judgement judgement, string name)
    {
        var verb = call.Verb;
        if (!verb.BareUnless.IsEmpty && call.Has(verb.BareUnless.AsSpan()))
        {
            return;
        }

        if (verb.Input is { } reader && judgement.Place.Input is CallInput.Document document)
        {
            payloads.Read(reader, document.Word, judgement);
            if (!document.Word.Known)
            {
                judgement.Add(Effect.Unknown, Marks.None, "What is filled into its input would become code.");
            }
        }
        else if (verb.Input is not null && judgement.Place.Input is CallInput.Unknown)
        {
            judgement.Add(Effect.Unknown, Marks.None, $"What '{name}' is fed can be told only at run time.");
        }
        else if (verb.Bare is { } bare)
        {
            judgement.Add(bare);
        }
    }

    private static string Shown(string program) => program[(program.LastIndexOf('/') + 1)..] is { Length: > 0 } name
        ? program.StartsWith('.') ? program : name
        : program;
}
