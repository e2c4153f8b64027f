using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Blocks;

/// <summary>Cuts a block of shell text into commands and comments.</summary>
internal sealed partial class BlockReader
{
    private const int GroupLinesMax = 60;

    // So many runs of several lines are tried in one block; behind that each line stands for itself.
    private const int TriesMax = 3_000;

    private readonly BlockText _block;
    private readonly ImmutableArray<BlockCommand>.Builder _commands = ImmutableArray.CreateBuilder<BlockCommand>();
    private readonly ImmutableArray<BlockComment>.Builder _comments = ImmutableArray.CreateBuilder<BlockComment>();
    private readonly ImmutableArray<RunbookDiagnostic>.Builder _diagnostics =
        ImmutableArray.CreateBuilder<RunbookDiagnostic>();

    private int _tries;

    private BlockReader(BlockText block) => _block = block;

    /// <summary>Reads a block that is known to hold shell text.</summary>
    public static BlockContents Read(OutlineNode.Code block, BlockLanguages languages)
    {
        var text = BlockTextReader.Read(block, languages);
        var reader = new BlockReader(text);
        if (ShellParser.Parse(text.Text, ShellParserOptions.Runbook) is { IsSound: true } whole)
        {
            reader.Add(whole.Script, 0, text.Text);
        }
        else
        {
            reader.ReadInPieces();
        }

        reader.AddElsewhere();
        return new BlockContents(
            [.. reader._commands.OrderBy(each => each.Span.Line).ThenBy(each => each.Span.Column)],
            reader._comments.ToImmutable(), text.Output,
            reader._diagnostics.ToImmutable());
    }

    /// <summary>Part of the block cannot be parsed: what can be is read line by line, the rest is told.</summary>
    private void ReadInPieces()
    {
        var at = 0;
        while (at < _block.Lines.Length)
        {
            if (_block.Lines[at].Trim().Length == 0)
            {
                at++;
                continue;
            }

            at = Sound(at) ?? Unsound(at);
        }
    }

    /// <summary>Reads the shortest run of lines that parses; returns the line behind it, null when none does.</summary>
    private int? Sound(int first)
    {
        var most = first + GroupLinesMax;
        for (var end = first + 1; end <= Math.Min(_block.Lines.Length, most); end++)
        {
            if (end > first + 1 && ++_tries > TriesMax)
            {
                return null;
            }

            var text = string.Join('\n', _block.Lines[first..end]);
            var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
            if (parsed.IsSound && !text.EndsWith('\\'))
            {
                Add(parsed.Script, _block.Start(first), text);
                return end;
            }

            if (!parsed.IsUnfinished && !text.EndsWith('\\'))
            {
                // More text mends nothing.
                return null;
            }

            // A file written by a here-document is as long as it is: on to the line that ends it.
            if (HereDocumentEnd(end - 1) is { } ending)
            {
                end = ending;
                most = end + GroupLinesMax;
            }
        }

        return null;
    }

    /// <summary>The line that ends the here-document begun on a line; null where there is none.</summary>
    private int? HereDocumentEnd(int begun)
    {
        if (HereDocumentWord().Match(_block.Lines[begun]) is not { Success: true } match)
        {
            return null;
        }

        var line = Enumerable.Range(begun + 1, _block.Lines.Length - begun - 1)
            .FirstOrDefault(each => _block.Lines[each].TrimStart('\t') == match.Groups["word"].Value, begun);
        return line == begun ? null : line;
    }

    /// <summary>
    /// Reads what cannot be read, with the lines that its author meant to belong to it; returns the line behind it.
    /// </summary>
    private int Unsound(int first)
    {
        var end = first;
        while (end < _block.Lines.Length - 1 && _block.Lines[end].TrimEnd(' ', '\t').EndsWith('\\'))
        {
            end++;
        }

        end++;
        var text = string.Join('\n', _block.Lines[first..end]);
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        var problem = parsed.Diagnostics.FirstOrDefault();
        var (line, column) = _block.Locate(_block.Start(first) + (problem?.Span.Start ?? 0));
        _diagnostics.Add(Told(problem, text, new DocumentSpan(line, column, line, column + 1)));
        AddLines(first, end, null);
        return end;
    }

    /// <summary>What an editor or a slip did to a command has codes of its own.</summary>
    private static RunbookDiagnostic Told(ShellDiagnostic? problem, string text, DocumentSpan span) => problem switch
    {
        { Code: "SH1301" } => new RunbookDiagnostic("MW1003", Severity.Error, problem.Message, span, problem.Remedy),
        { Code: "SH1302" } => new RunbookDiagnostic("MW1004", Severity.Error, problem.Message, span, problem.Remedy),

        // Within a word it is the apostrophe of a sentence.
        { Code: "SH1303" } when problem.Span.Start == 0 || !char.IsLetterOrDigit(text[problem.Span.Start - 1]) =>
            new RunbookDiagnostic("MW1005", Severity.Error, problem.Message, span, problem.Remedy),
        { } other => new RunbookDiagnostic(
            "MW1002", Severity.Error, $"The command cannot be read: {other.Message}", span, other.Remedy),
        null => new RunbookDiagnostic(
            "MW1002", Severity.Error, "The command cannot be read.", span, "Write it so that bash accepts it."),
    };

    private void Add(Script script, int offset, string text)
    {
        foreach (var statement in script.Statements)
        {
            Add(statement, offset, text);
        }

        // Both stand in the order of the text.
        var at = 0;
        foreach (var comment in script.Comments.OrderBy(comment => comment.Span.Start))
        {
            while (at < script.Statements.Length && script.Statements[at].Span.End <= comment.Span.Start)
            {
                at++;
            }

            if (at == script.Statements.Length || !script.Statements[at].Span.Contains(comment.Span))
            {
                var start = offset + comment.Span.Start;
                var index = _block.LineIndex(start);
                var before = _block.Lines[index].TrimStart();
                _comments.Add(new BlockComment(
                    comment.Text.TrimEnd(), _block.Origins[index].Line, index, !before.StartsWith('#')));
            }
        }
    }

    private void Add(Statement statement, int offset, string text)
    {
        var end = StatementEnd(statement, text);
        var source = text[statement.Span.Start..end];
        var first = _block.LineIndex(offset + statement.Span.Start);
        var (line, column) = _block.Locate(offset + statement.Span.Start);
        var count = source.AsSpan().Count('\n');
        ImmutableArray<LineOrigin> origins = count == 0
            ? [new LineOrigin(line, column)]
            :
            [
                new LineOrigin(line, column),
                .. Enumerable.Range(first + 1, count)
                    .Select(index => _block.Origins[Math.Min(index, _block.Origins.Length - 1)]),
            ];
        var (endLine, endColumn) = _block.Locate(offset + end);
        var parsed = ShellParser.Parse(source, ShellParserOptions.Runbook);
        _commands.Add(new BlockCommand(
            source,
            parsed.IsSound ? parsed.Script : null,
            new DocumentSpan(line, column, endLine, endColumn),
            origins,
            first,
            first + count));
    }

    /// <summary>Behind the statement with its here-documents and its <c>&amp;</c>.</summary>
    private static int StatementEnd(Statement statement, string text)
    {
        var end = statement.Span.End;
        if (!text.AsSpan(statement.Span.Start, Math.Min(end, text.Length) - statement.Span.Start).Contains('<'))
        {
            return Math.Min(end, text.Length);
        }

        foreach (var document in ShellTree.Descendants(statement).OfType<HereDocument>())
        {
            var delimiter =
                text.IndexOf(document.Delimiter, Math.Min(document.Span.End, text.Length), StringComparison.Ordinal);
            end = Math.Max(end, delimiter < 0 ? document.Span.End : delimiter + document.Delimiter.Length);
        }

        return Math.Min(end, text.Length);
    }

    /// <summary>What stands at the prompt of a shell is read as shell text; what a database reads is not.</summary>
    private void AddElsewhere()
    {
        foreach (var line in _block.Elsewhere)
        {
            var parsed = line.Place is "database" or "repl"
                ? null
                : ShellParser.Parse(line.Text, ShellParserOptions.Runbook);
            var last = line.Origins[^1];
            _commands.Add(new BlockCommand(
                line.Text,
                parsed is { IsSound: true } ? parsed.Script : null,
                new DocumentSpan(line.Origins[0].Line, line.Origins[0].Column, last.Line,
                    last.Column + line.Text.Length - (line.Text.LastIndexOf('\n') + 1)),
                line.Origins,
                line.Index,
                line.Index) { Prompted = line });
        }
    }

    private void AddLines(int first, int end, Script? script)
    {
        var indent = _block.Lines[first].Length - _block.Lines[first].TrimStart().Length;
        var origin = _block.Origins[first] with { Column = _block.Origins[first].Column + indent };
        var last = _block.Origins[end - 1];
        _commands.Add(new BlockCommand(
            string.Join('\n', _block.Lines[first..end])[indent..],
            script,
            new DocumentSpan(origin.Line, origin.Column, last.Line, last.Column + _block.Lines[end - 1].Length),
            [origin, .. _block.Origins[(first + 1)..end]],
            first,
            end - 1));
    }

    [GeneratedRegex(@"<<-?\s*(?<quote>[""']?)(?<word>\w+)\k<quote>", RegexOptions.CultureInvariant)]
    private static partial Regex HereDocumentWord();
}
