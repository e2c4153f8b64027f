using System.Collections.Immutable;
using Midwatch.Shell.Interpretation;
using Midwatch.Shell.Interpretation.Builtins;
using Midwatch.Shell.Syntax;
using Midwatch.Shell.Tests.Syntax;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Shell.Tests.Interpretation.Differential;

/// <summary>
/// The shell blocks of the seed runbooks, placeholders filled in, where every program but a few filters of text is one
/// that stands in for it.
/// </summary>
internal static class SeedBlocks
{
    // Real ones: they read and print, and do nothing else that a block could ask for without being seen.
    private static readonly string[] Filters =
        ["grep", "egrep", "sort", "uniq", "head", "tail", "cat", "wc", "cut", "tr", "tac", "rev", "nl", "column"];

    /// <summary>Each block with each value in its placeholders; empty where the seeds are not.</summary>
    public static ImmutableArray<ComparedScript> Read(params string[] values)
    {
        var blocks = Scripts.OfSeeds().Select(Commands).ToArray();
        var folder = StandIns.Folder(blocks.SelectMany(Programs).Append("sleep").Except(Filters));
        return
        [
            .. blocks.SelectMany(block => values
                .Select(value => Filled(block, value) with { StandIns = folder }))
                .DistinctBy(script => script.Text),
        ];
    }

    private static string Commands(string block) =>
        TranscriptReader.Read([.. block.Split('\n')]).Commands.TrimEnd('\n') + "\nwait\n";

    private static IEnumerable<string> Programs(string block) => Nodes(block)
        .OfType<Command.Simple>()
        .Select(simple => simple.Words is [{ StaticText: { Length: > 0 } name }, ..] ? name : string.Empty)
        .Where(name => name.Length > 0 && !name.Contains('/', StringComparison.Ordinal)
            && !BuiltinTable.Names.Contains(name));

    private static ShellNode[] Nodes(string block) =>
        [.. ShellTree.Descendants(ShellParser.Parse(block, ShellParserOptions.Runbook).Script)];

    private static ComparedScript Filled(string block, string value)
    {
        var nodes = Nodes(block);
        var quoted = nodes.OfType<WordPart.DoubleQuoted>().Select(part => part.Span).ToArray();
        var holes = nodes.OfType<WordPart.Placeholder>().DistinctBy(hole => hole.Span.Start)
            .OrderByDescending(hole => hole.Span.Start).ToArray();
        var text = block;
        foreach (var hole in holes)
        {
            var bare = !quoted.Any(span => span.Start < hole.Span.Start && hole.Span.End < span.End)
                && !IsSingleQuoted(nodes, hole);
            text = text[..hole.Span.Start] + (bare ? $"'{value}'" : value) + text[hole.Span.End..];
        }

        return new ComparedScript(text)
        {
            Written = block,
            Options = ShellParserOptions.Runbook,
            PrintsInAnyOrder = nodes.OfType<Statement>().Any(statement => statement.Background),
            Bindings = new PlaceholderBindings(
                holes.Select(hole => hole.Name).Distinct().ToImmutableSortedDictionary(name => name, _ => value)),
        };
    }

    // A placeholder cuts the text of single quotes in two that touch it.
    private static bool IsSingleQuoted(ShellNode[] nodes, WordPart.Placeholder hole) =>
        nodes.OfType<WordPart.SingleQuoted>().Any(part => part.Span.End == hole.Span.Start
            || part.Span.Start == hole.Span.End);
}
