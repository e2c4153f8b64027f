using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Effects.Calls;
using Midwatch.Runbooks.Effects.Statements;
using Midwatch.Runbooks.Effects.Tools;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Lint.Calls;

/// <summary>Finds every program call of a command: in pipelines, loops and substitutions, and behind
/// wrappers.</summary>
internal sealed class CallWalk(ToolLibrary tools, StepCommand command)
{
    // As deep as the effect judge looks.
    private const int DepthMax = CallPlace.DepthMax;

    private readonly ImmutableArray<CommandCall>.Builder _calls = ImmutableArray.CreateBuilder<CommandCall>();

    /// <summary>The calls of a command, in order; none for a damaged one.</summary>
    public static ImmutableArray<CommandCall> Of(ToolLibrary tools, StepCommand command)
    {
        if (command.Script is null)
        {
            return [];
        }

        var walk = new CallWalk(tools, command);
        foreach (var statement in command.Script.Statements)
        {
            walk.Visit(statement, null, background: false, captured: false, substituted: false);
        }

        return walk._calls.ToImmutable();
    }

    private void Visit(
        Statement statement, List<CommandCall>? pipeline, bool background, bool captured, bool substituted)
    {
        background |= statement.Background;
        captured |= statement.Redirections.Any(IsOutput);
        switch (statement.Command)
        {
            case Command.Simple { Words.IsEmpty: false } simple:
                Call(simple, pipeline, background, captured, substituted);
                break;
            case Command.Pipeline members:
                var all = new List<CommandCall>();
                var taken = members.Statements[^1].Redirections.Any(IsOutput);
                foreach (var member in members.Statements)
                {
                    Visit(member, all, background, captured || taken, substituted);
                }

                break;
            case { } other:
                Below(other, background, captured, substituted);
                break;
            default:
                break;
        }

        foreach (var redirection in statement.Redirections)
        {
            Below(redirection, background, captured, substituted);
        }
    }

    private static bool IsOutput(Redirection redirection) =>
        redirection.Operator is RedirectionOperator.Output or RedirectionOperator.Append
            && redirection.Descriptor is null or 1;

    private void Below(ShellNode node, bool background, bool captured, bool substituted)
    {
        foreach (var child in ShellTree.Children(node))
        {
            if (child is Statement statement)
            {
                var inside = node is WordPart.CommandSubstitution or WordPart.ProcessSubstitution;
                Visit(statement, null, background, captured || inside, substituted || inside);
            }
            else
            {
                Below(child, background, captured, substituted);
            }
        }
    }

    private void Call(
        Command.Simple simple, List<CommandCall>? pipeline, bool background, bool captured, bool substituted)
    {
        ImmutableArray<CallWord> words = [.. simple.Words.Select(word => WordReading.Read(word, command.Text))];
        ImmutableArray<DocumentSpan> places = [.. simple.Words.Select(word => Place(word.Span))];
        var call = Make(words, places, null, pipeline, background, captured, substituted);
        pipeline?.Add(call);
        Inner(call, 0);
        Below(simple, background, captured, substituted);
    }

    private CommandCall Make(
        ImmutableArray<CallWord> words, ImmutableArray<DocumentSpan> places, CommandCall? outer,
        List<CommandCall>? pipeline, bool background, bool captured, bool substituted)
    {
        var tool = words[0].Known ? tools.Find(words[0].Text) : null;
        var call = new CommandCall
        {
            Command = command,
            Words = words,
            Places = places,
            Tool = tool,
            Parsed = tool is null ? null : CallParser.Parse(tool, words.AsSpan()[1..]),
            Outer = outer,
            Pipeline = pipeline,
            Background = background,
            Captured = captured,
            Substituted = substituted,
        };
        _calls.Add(call);
        return call;
    }

    /// <summary>The call that a wrapper makes.</summary>
    private void Inner(CommandCall call, int depth)
    {
        if (call.Parsed is not { Verb.Wraps: { } wraps } parsed || depth >= DepthMax
            || (!wraps.Unless.IsEmpty && parsed.Has(wraps.Unless.AsSpan())))
        {
            return;
        }

        var count = wraps.Behind && parsed.Behind is { } behind
            ? behind.Length
            : wraps.Skip is { } skip ? Math.Max(0, parsed.Operands.Length - skip) + (parsed.Behind?.Length ?? 0) : 0;
        // What is run always stands at the end; words of options in between make the count too small, never too large.
        var first = call.Words.Length - count;
        while (wraps.Assignments && first < call.Words.Length
            && call.Words[first].Text.Contains('=', StringComparison.Ordinal))
        {
            first++;
        }

        if (count <= 0 || first >= call.Words.Length || first < 1)
        {
            return;
        }

        if (wraps.Shell)
        {
            Text(call, first, depth);
            return;
        }

        Inner(Make(call.Words[first..], call.Places[first..], call, null, call.Background, call.Captured,
            call.Substituted), depth + 1);
    }

    /// <summary>A text that a shell reads: its words have the place of the whole text.</summary>
    private void Text(CommandCall outer, int first, int depth)
    {
        var text = string.Join(' ', outer.Words[first..].Select(word => word.Text));
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        if (!parsed.IsSound)
        {
            return;
        }

        foreach (var simple in ShellTree.Descendants(parsed.Script).OfType<Command.Simple>())
        {
            if (!simple.Words.IsEmpty)
            {
                ImmutableArray<CallWord> words = [.. simple.Words.Select(word => WordReading.Read(word, text))];
                var place = outer.Places[first];
                Inner(Make(words, [.. words.Select(_ => place)], outer, null, outer.Background, outer.Captured,
                    outer.Substituted), depth + 1);
            }
        }
    }

    private DocumentSpan Place(SourceSpan span)
    {
        var (line, column) = command.Locate(span.Start);
        var (endLine, endColumn) = command.Locate(span.End);
        return new DocumentSpan(line, column, endLine, endColumn);
    }
}
