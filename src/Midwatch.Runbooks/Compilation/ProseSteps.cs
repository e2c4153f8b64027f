using System.Collections.Immutable;
using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Makes steps out of items and sentences: commands in the text, waits, and what a person does.</summary>
internal sealed class ProseSteps(CompilerParts parts, CompilationNotes notes, SourceLines source)
{
    /// <summary>The step that an item asks of a person.</summary>
    public Step Item(OutlineNode.Paragraph item, StepPlace place, string title) =>
        Human(Sentences.Line(item.Text), item, place with { Title = title });

    /// <summary>The step that a sentence of a paragraph asks of a person.</summary>
    public Step Sentence(string sentence, OutlineNode.Paragraph paragraph, StepPlace place) =>
        Human(sentence, paragraph, place);

    /// <summary>The step of a block that is no shell text: a query, or data that a person writes somewhere.</summary>
    public Step Block(OutlineNode.Code code, string language, StepPlace place) => new()
    {
        Id = notes.NextStep(),
        Kind = StepKind.Human,
        Phase = place.Phase,
        Title = place.Title,
        Line = code.Line,
        Language = language,
        Narrative = string.Join('\n', code.Lines),
        Commands = [],
        Expects = [],
        Gate = place.Gate,
    };

    /// <summary>The step of the commands that stand in some lines; null when there are none.</summary>
    public Step? Commands(int line, int endLine, string text, StepPlace place, OpenedShells session)
    {
        var found = new InlineCommands(parts.Languages).Find(source, line, endLine);
        if (found.IsEmpty)
        {
            return null;
        }

        var compiler = new CommandCompiler(parts, notes, session);
        var gate = place.Gate ?? GateOf(text, Sentences.Line(text), line);
        var sentences = new CommandSentences(text);
        // A sentence may hold many commands: it is looked at once.
        var gates = new Dictionary<int, Gate?>();
        return new Step
        {
            Id = notes.NextStep(),
            Kind = StepKind.Commands,
            Phase = place.Phase,
            Title = Short(text),
            Line = line,
            Narrative = text,
            Commands = [.. found.Zip(Intros(found, line))
                .Select(each => compiler.Compile(each.First, each.Second, line, place.Phase))
                .Select(command => command with { Gate = command.Gate ?? Own(command.Text, gate) })],
            Expects = [],
            Gate = gate,
        };

        // "`a`. If it hangs, `b`": the condition of the sentence of a command, unless the step has it.
        Gate? Own(string command, Gate? step)
        {
            if (sentences.Of(command) is not { } sentence)
            {
                return null;
            }

            if (!gates.TryGetValue(sentence, out var found))
            {
                gates.Add(sentence, found = parts.Gates.Find(sentences[sentence], line));
            }

            return found?.Text != step?.Text ? found : null;
        }
    }

    /// <summary>
    /// For each command without code marks the line above it and those right before it, where that is not the step's
    /// own first one.
    /// </summary>
    private IEnumerable<string> Intros(ImmutableArray<BlockCommand> found, int line)
    {
        var (above, last) = (0, 0);
        foreach (var command in found)
        {
            var at = command.Span.Line;
            above = at - last is 0 or 1 ? above : at - 1;
            last = at;
            yield return above > line && source.Span(at).Trim().SequenceEqual(command.Text)
                ? source[above].Trim().TrimEnd(':') : "";
        }
    }

    /// <summary>The condition of the sentence that holds the first command, or one that is carried to it.</summary>
    private Gate? GateOf(string text, string plain, int line)
    {
        var sentences = Sentences.Of(text);
        var code = CodeOf(text);
        var at = sentences.FirstOrDefault(each => code.Length > 0 && each.Contains(code, StringComparison.Ordinal));
        return code.Length == 0 ? parts.Gates.Find(Sentences.Line(text.Split('\n')[0]), line)
            : at is null ? parts.Gates.Find(plain, line)
            : parts.Gates.Find(at, line) ?? parts.Carried(sentences, at, line);
    }

    private static string CodeOf(string text)
    {
        var index = text.IndexOf('`', StringComparison.Ordinal);
        return index < 0 ? "" : text[(index + 1)..].Split('`')[0].Trim('`');
    }

    private Step Human(string plain, OutlineNode.Paragraph prose, StepPlace place)
    {
        var waits = parts.Sentences.IsWait(plain) ? Durations.First(plain) : null;
        return new Step
        {
            Id = notes.NextStep(),
            Kind = waits is null ? StepKind.Human : StepKind.Wait,
            Phase = place.Phase,
            Title = place.Title,
            Line = prose.Line,
            Narrative = prose.Text,
            Commands = [],
            Expects = place.Phase == Phase.Verify && ExpectationReader.FromSentence(plain, prose.Line) is { } expects
                ? [expects]
                : ImmutableArray<Expectation>.Empty,
            Gate = place.Gate ?? parts.Gates.FindLeading(Asked(prose, plain), prose.Line),
            WaitFor = waits,
        };
    }

    /// <summary>
    /// An item up to the last sentence that asks for something: what stands behind it says how to read what is found,
    /// and is no condition of it.
    /// </summary>
    private string Asked(OutlineNode.Paragraph prose, string plain)
    {
        var sentences = prose.OpensItem ? Sentences.Of(prose.Text) : [plain];
        var asking = sentences.Length;
        while (asking > 0 && !parts.Sentences.IsAction(sentences[asking - 1]))
        {
            asking--;
        }

        return asking == 0 || asking == sentences.Length ? plain : string.Join(' ', sentences[..asking]);
    }

    /// <summary>
    /// The sentence that holds the first command, as a title; what stands before a colon where there is one.
    /// </summary>
    private static string Short(string text)
    {
        var sentences = Sentences.Of(text);
        var code = CodeOf(text);
        var sentence = sentences.FirstOrDefault(each => each.Contains(code, StringComparison.Ordinal)) ?? text;
        var colon = sentence.IndexOf(": ", StringComparison.Ordinal);
        return Sentences.Title(colon > 0 && colon < 100 ? sentence[..colon] : sentence);
    }
}
