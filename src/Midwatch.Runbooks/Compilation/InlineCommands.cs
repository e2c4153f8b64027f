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
        for (var at = line; at <= Math.Min(endLine, source.Count); at++)
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
                var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
                found.Add(new BlockCommand(
                    text,
                    parsed.IsSound ? parsed.Script : null,
                    new DocumentSpan(at, column, at, column + length),
                    [new LineOrigin(at, column)],
                    0,
                    0));
            }
        }

        return found.Count > 0 ? found.ToImmutable() : Bare(source, line, endLine);
    }

    /// <summary>
    /// Commands without code marks: lines below one that ends with a colon, each with a known program and an option, a
    /// path or a pipe.
    /// </summary>
    private ImmutableArray<BlockCommand> Bare(SourceLines source, int line, int endLine)
    {
        var found = ImmutableArray.CreateBuilder<BlockCommand>();
        var follows = false;
        for (var at = line; at <= Math.Min(endLine, source.Count); at++)
        {
            var text = source[at].Trim();
            if (follows && at > line && languages.IsBareCommand(text)
                && ShellParser.Parse(text, ShellParserOptions.Runbook) is { IsSound: true } parsed)
            {
                var column = source[at].IndexOf(text, StringComparison.Ordinal) + 1;
                found.Add(new BlockCommand(text, parsed.Script, new DocumentSpan(at, column, at, column + text.Length),
                    [new LineOrigin(at, column)], 0, 0));
            }
            else
            {
                follows = text.EndsWith(':');
            }
        }

        return found.ToImmutable();
    }

    [GeneratedRegex(@"(?<!`)`{1,3}([^`\n]+)`{1,3}(?!`)", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
