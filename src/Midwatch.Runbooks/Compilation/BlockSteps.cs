using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Procedures;
using Midwatch.Runbooks.Steps;
using Midwatch.Runbooks.Wording;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Makes steps and rules out of a block of shell text.</summary>
internal sealed partial class BlockSteps(
    CompilerParts parts, CompilationNotes notes, OpenedShells session)
{
    private readonly List<Step> _steps = [];
    private readonly List<Rule> _rules = [];
    private readonly List<StepCommand> _open = [];

    /// <summary>The steps and rules of the block.</summary>
    public (List<Step> Steps, List<Rule> Rules) Read(OutlineNode.Code block, StepPlace place)
    {
        var contents = WithoutOutput(BlockReader.Read(block, parts.Languages));
        notes.Add(contents.Diagnostics);
        var groups = Groups(contents);
        var compiler = new CommandCompiler(parts, notes, session);
        var trailing = contents.Comments.Where(comment => comment.Trailing).ToLookup(comment => comment.Index);
        var at = 0;
        foreach (var command in contents.Commands)
        {
            var above = new List<string>();
            var aboveLine = command.Span.Line;
            for (; at < groups.Count && groups[at][0].Index < command.FirstLine; at++)
            {
                var rest = Sift(groups[at]);
                if (groups[at][^1].Index == command.FirstLine - 1)
                {
                    above = rest.ConvertAll(line => line.Text.Trim());
                    aboveLine = rest.Count > 0 ? rest[0].Line : aboveLine;
                }
                else
                {
                    AddHuman(rest, block, place);
                }
            }

            var behind = trailing.Count == 0
                ? []
                : Enumerable.Range(command.FirstLine, command.LastLine - command.FirstLine + 1)
                    .SelectMany(index => trailing[index])
                    .Select(comment => comment.Text.Trim()).ToList();
            above.AddRange(behind);
            var compiled = compiler.Compile(command, string.Join('\n', above), aboveLine, place.Phase);
            if (behind.Count == 0)
            {
                _open.Add(compiled);
                continue;
            }

            // "# Wait for the worker" behind a command says what must come true before one goes on.
            _open.Add(compiled with
            {
                Expects = compiled.Expects.AddRange(behind.Where(parts.Sentences.IsWait)
                    .Select(words => new Expectation.Told(words, false, command.Span.Line, words))),
            });
        }

        for (; at < groups.Count; at++)
        {
            AddHuman(Sift(groups[at]), block, place);
        }

        AddOutput(contents.Output);
        Close(block, place);
        return (_steps, _rules);
    }

    /// <summary>Output may stand among commands without a prompt to tell the two apart.</summary>
    private BlockContents WithoutOutput(BlockContents contents)
    {
        if (!contents.Commands.Any(IsOutput))
        {
            return contents;
        }

        var sorted = contents.Commands.ToLookup(IsOutput);
        var lines = sorted[true]
            .SelectMany(each => Enumerable.Range(each.Span.Line, each.Span.EndLine - each.Span.Line + 1))
            .ToHashSet();
        return contents with
        {
            Commands = [.. sorted[false]],
            Output = [.. contents.Output, .. sorted[true].Select(each => new OutputLine(each.Text, each.Span.Line))],
            Diagnostics = [.. contents.Diagnostics.Where(diagnostic => !lines.Contains(diagnostic.Span.Line))],
        };
    }

    private bool IsOutput(BlockCommand command) => command.Prompted is null && parts.Languages.IsOutput(command.Text);

    /// <summary>Comments on lines right below each other belong together.</summary>
    private static List<List<BlockComment>> Groups(BlockContents contents)
    {
        var groups = new List<List<BlockComment>>();
        foreach (var comment in contents.Comments.Where(comment => !comment.Trailing).OrderBy(comment => comment.Index))
        {
            if (groups.Count > 0 && groups[^1][^1].Index == comment.Index - 1)
            {
                groups[^1].Add(comment);
            }
            else
            {
                groups.Add([comment]);
            }
        }

        return groups;
    }

    /// <summary>Takes rules and expectations out of a group; returns what is left.</summary>
    private List<BlockComment> Sift(List<BlockComment> group)
    {
        var rest = new List<BlockComment>();
        var announced = false;
        var subject = _open.LastOrDefault()?.Effect.Target;
        foreach (var comment in group)
        {
            var text = comment.Text.Trim();
            if (ExpectationReader.FromMarked(text, comment.Line) is { } expectation && _open.Count > 0)
            {
                _open[^1] = _open[^1] with { Expects = _open[^1].Expects.Add(expectation) };
            }
            else if (RuleReader.FromArrow(text, comment.Line, subject) is { } rule)
            {
                _rules.Add(rule);
            }
            else if (announced && Bullet().IsMatch(text)
                && RuleReader.FromColon(text, comment.Line, subject) is { } listed)
            {
                _rules.Add(listed);
            }
            else
            {
                announced |= RuleReader.Announces(text);
                rest.Add(comment);
            }
        }

        return rest;
    }

    /// <summary>
    /// Comments that stand alone ask a person for something, unless they only announce what followed.
    /// </summary>
    private void AddHuman(List<BlockComment> rest, OutlineNode.Code block, StepPlace place)
    {
        if (rest.Count == 0 || rest.All(comment => comment.Text.TrimEnd().EndsWith(':')))
        {
            return;
        }

        Close(block, place);
        var lines = rest.ConvertAll(comment => comment.Text.Trim());
        ImmutableArray<Expectation> expects =
        [
            .. rest.Select(
                comment => ExpectationReader.FromSentence(Bullet().Replace(comment.Text.Trim(), ""), comment.Line))
                .OfType<Expectation>(),
        ];
        _steps.Add(new Step
        {
            Id = notes.NextStep(),
            Kind = StepKind.Human,
            Phase = place.Phase,
            Title = Bullet().Replace(lines[0], "").TrimEnd(':'),
            Line = rest[0].Line,
            Language = "bash",
            Narrative = string.Join('\n', lines),
            Commands = [],
            Expects = Sharpest(expects),
            Gate = place.Gate ?? parts.Gates.Find(string.Join('\n', lines), rest[0].Line),
        });
    }

    /// <summary>
    /// "Alert resolves" and "X should disappear within 2 minutes" say the same; the one that names the alert stays.
    /// </summary>
    private static ImmutableArray<Expectation> Sharpest(ImmutableArray<Expectation> expects) =>
        expects.Any(expect => expect is Expectation.AlertResolves { Alert: not null })
            ? [.. expects.Where(expect => expect is not Expectation.AlertResolves { Alert: null })]
            : expects;

    /// <summary>Output belongs to the command that stands above it.</summary>
    private void AddOutput(ImmutableArray<OutputLine> output)
    {
        var groups = output.GroupBy(line => LastEndedBy(line.Line));
        foreach (var group in groups.Where(_ => _open.Count > 0))
        {
            var at = Math.Max(0, group.Key);
            var text = string.Join('\n', group.Select(line => line.Text));
            if (group.Key < 0 && _steps.LastOrDefault() is { Kind: StepKind.Human } human)
            {
                // What a person is asked to write ("create file x.json").
                _steps[^1] = human with { Narrative = $"{human.Narrative}\n{text}" };
                continue;
            }

            _open[at] = _open[at] with
            {
                Expects = _open[at].Expects.Add(new Expectation.Told(text, true, group.First().Line, text)),
            };
        }
    }

    /// <summary>The last open command that ends on a line or above it; -1 for none. They end in order.</summary>
    private int LastEndedBy(int line)
    {
        var (from, to) = (0, _open.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _open[middle].Span.EndLine <= line ? (middle + 1, to) : (from, middle);
        }

        return from - 1;
    }

    private void Close(OutlineNode.Code block, StepPlace place)
    {
        if (_open.Count == 0)
        {
            return;
        }

        _steps.Add(new Step
        {
            Id = notes.NextStep(),
            Kind = StepKind.Commands,
            Phase = place.Phase,
            Title = place.Title,
            Line = _steps.Count == 0 ? block.Line : _open[0].Span.Line,
            Language = "bash",
            Narrative = place.Narrative,
            Commands = [.. _open],
            Expects = [],
            Gate = place.Gate,
        });
        _open.Clear();
    }

    [GeneratedRegex(@"^\s*(\d+[.)]|[-*•])\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Bullet();
}
