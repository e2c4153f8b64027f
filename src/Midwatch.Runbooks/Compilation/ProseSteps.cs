using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Makes steps out of items and sentences: commands in the text, waits, and what a person does.</summary>
internal sealed partial class ProseSteps(CompilerParts parts, CompilationNotes notes, SourceLines source)
{
    /// <summary>The step of an item; a step for a person when it holds no command.</summary>
    public Step Item(OutlineNode.Paragraph item, StepPlace place) =>
        Commands(item.Line, item.EndLine, item.Text, place) ?? Human(item, place);

    /// <summary>The step of the commands that stand in some lines; null when there are none.</summary>
    public Step? Commands(int line, int endLine, string text, StepPlace place)
    {
        var found = new InlineCommands(parts.Languages).Find(source, line, endLine);
        if (found.IsEmpty)
        {
            return null;
        }

        var compiler = new CommandCompiler(parts, notes);
        var plain = HeadingText.Plain(text);
        return new Step
        {
            Id = notes.NextStep(),
            Kind = StepKind.Commands,
            Phase = place.Phase,
            Title = Short(plain),
            Line = line,
            Narrative = text,
            Commands = [.. found.Select(command => compiler.Compile(command, "", line, place.Phase))],
            Expects = [],
            Gate = place.Gate ?? parts.Gates.Find(plain, line),
        };
    }

    private Step Human(OutlineNode.Paragraph item, StepPlace place)
    {
        var plain = HeadingText.Plain(item.Text);
        var waits = Wait().IsMatch(plain) ? Durations.First(plain) : null;
        return new Step
        {
            Id = notes.NextStep(),
            Kind = waits is null ? StepKind.Human : StepKind.Wait,
            Phase = place.Phase,
            Title = Short(plain),
            Line = item.Line,
            Narrative = item.Text,
            Commands = [],
            Expects = place.Phase == Phase.Verify && ExpectationReader.FromSentence(plain, item.Line) is { } expectation
                ? [expectation]
                : ImmutableArray<Expectation>.Empty,
            Gate = place.Gate ?? parts.Gates.Find(plain, item.Line),
            WaitFor = waits,
        };
    }

    private static string Short(string text)
    {
        var line = text.Split('\n')[0].TrimEnd(':');
        var code = line.IndexOf(": ", StringComparison.Ordinal);
        return code > 0 && code < 100 ? line[..code] : line.Length > 120 ? $"{line[..119]}…" : line;
    }

    [GeneratedRegex(@"^(please )?(wait|allow|sleep|pause|give it)\b",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Wait();
}
