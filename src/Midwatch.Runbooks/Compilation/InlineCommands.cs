using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Blocks;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Compilation;

/// <summary>Finds commands that stand as inline code in prose.</summary>
internal sealed partial class InlineCommands(BlockLanguages languages)
{
    /// <summary>The commands of some lines, with exact places.</summary>
    public ImmutableArray<BlockCommand> Find(SourceLines source, int line, int endLine)
    {
        var found = ImmutableArray.CreateBuilder<BlockCommand>();
        var last = Math.Min(endLine, source.Count);
        for (var at = line; at <= last; at++)
        {
            var words = source[at];
            foreach (Match match in Code().Matches(words))
            {
                var text = match.Groups[1].Value.Trim();
                if (!languages.IsInlineCommand(text))
                {
                    continue;
                }

                var column = words.IndexOf(text, match.Index, StringComparison.Ordinal) + 1;
                var length = text.Length;
                // A cell writes a pipe as "\|", for a bare one would end it.
                text = words.TrimStart().StartsWith('|') ? text.Replace("\\|", "|", StringComparison.Ordinal) : text;
                found.Add(Make(text, new DocumentSpan(at, column, at, column + length)));
            }

            if (at < last && Broken(words, source[at + 1], at) is { } broken)
            {
                found.Add(broken);
            }
        }

        return found.Count > 0 ? found.ToImmutable() : Bare(source, line, endLine);
    }

    /// <summary>
    /// The command of a code that begins at the end of one line and ends in the next: its break is a blank, as Markdown
    /// reads it.
    /// </summary>
    private BlockCommand? Broken(string words, string next, int at)
    {
        if (words.Contains("``", StringComparison.Ordinal) || words.AsSpan().Count('`') % 2 == 0
            || Quoted().Match(next) is not { Success: true } rest)
        {
            return null;
        }

        var begin = words.LastIndexOf('`') + 1;
        var text = $"{words[begin..].Trim()} {rest.Groups["rest"].Value.Trim()}";
        return languages.IsInlineCommand(text)
            ? Make(text, new DocumentSpan(
                at, begin + 1, at + 1, rest.Groups["rest"].Index + rest.Groups["rest"].Length + 1))
            : null;
    }

    private static BlockCommand Make(string text, DocumentSpan span)
    {
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        return new BlockCommand(text, parsed.IsSound ? parsed.Script : null, span,
            [new LineOrigin(span.Line, span.Column)], 0, 0);
    }

    /// <summary>
    /// Commands without code marks: lines below one that ends with a colon, each with a known program and an option, a
    /// path or a pipe; and lines that are a client's call as a whole, or behind a label ("Nodes: kubectl get nodes").
    /// </summary>
    private ImmutableArray<BlockCommand> Bare(SourceLines source, int line, int endLine)
    {
        var found = ImmutableArray.CreateBuilder<BlockCommand>();
        var follows = false;
        for (var at = line; at <= Math.Min(endLine, source.Count); at++)
        {
            var text = source[at].Trim();
            var call = Called(text);
            if (((follows && at > line && languages.IsBareCommand(text)) || call is not null)
                && ShellParser.Parse(call ?? text, ShellParserOptions.Runbook) is { IsSound: true })
            {
                var column = source[at].LastIndexOf(call ?? text, StringComparison.Ordinal) + 1;
                found.Add(Make(call ?? text, new DocumentSpan(at, column, at, column + (call ?? text).Length)));
            }
            else
            {
                follows = text.EndsWith(':');
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The call that a line is without its bullet and label; null for none.</summary>
    private string? Called(string line) =>
        languages.MayHoldCall(line) && Labelled().Match(line) is { Success: true } match
            && languages.IsWholeCall(match.Groups["call"].Value)
            ? match.Groups["call"].Value : null;

    [GeneratedRegex(@"^([-*+•→]\s+|\d+[.)]\s+)?((\*\*)?[^:`""']{2,40}:(\*\*)?\s+)?(?<call>(sudo )?[a-z]\S* .+)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Labelled();

    // What stands before the mark that closes, behind the marks of quotations.
    [GeneratedRegex(@"^[\s>]*(?<rest>[^`\s][^`]*)`(?!`)", RegexOptions.CultureInvariant)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<!`)`{1,3}([^`\n]+)`{1,3}(?!`)", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
