using System.Collections.Immutable;
using Midwatch.Runbooks.Diagnostics;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Syntax;

namespace Midwatch.Runbooks.Blocks;

/// <summary>Cuts a block of shell text into commands and comments.</summary>
internal sealed class BlockReader
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
    public static BlockContents Read(OutlineNode.Code block, BlockLanguages languages, SessionLexicon sessions)
    {
        var text = PromptReader.Read(block, languages, sessions);
        var reader = new BlockReader(text);
        if (!text.Lines.Any(line => DamageReader.Find(line) is not null)
            && ShellParser.Parse(text.Text, ShellParserOptions.Runbook) is { IsSound: true } whole)
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

            at = Damaged(at) ?? Sound(at) ?? Unsound(at);
        }
    }

    /// <summary>Reads a damaged command; returns the line behind it, null when the line shows no damage.</summary>
    private int? Damaged(int first)
    {
        var end = first;
        DamageReader.Damage? damage = null;
        while (end < _block.Lines.Length)
        {
            var found = DamageReader.Find(_block.Lines[end]);
            damage ??= found;
            if (found is not null)
            {
                var (line, column) = (_block.Origins[end].Line, _block.Origins[end].Column + found.At);
                _diagnostics.Add(new RunbookDiagnostic(
                    found.Code, Severity.Error, found.Message,
                    new DocumentSpan(line, column, line, column + 1), found.Remedy));
            }

            var goesOn = found?.GoesOn ?? _block.Lines[end].EndsWith('\\');
            end++;
            if (!goesOn)
            {
                break;
            }
        }

        if (damage is null)
        {
            return null;
        }

        AddLines(first, end, null);
        return end;
    }

    /// <summary>Reads the shortest run of lines that parses; returns the line behind it, null when none does.</summary>
    private int? Sound(int first)
    {
        for (var end = first + 1; end <= Math.Min(_block.Lines.Length, first + GroupLinesMax); end++)
        {
            if (end > first + 1 && ++_tries > TriesMax)
            {
                return null;
            }

            if (DamageReader.Find(_block.Lines[end - 1]) is not null)
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
        }

        return null;
    }

    private int Unsound(int first)
    {
        var end = first;
        while (end < _block.Lines.Length - 1 && _block.Lines[end].EndsWith('\\'))
        {
            end++;
        }

        end++;
        var text = string.Join('\n', _block.Lines[first..end]);
        var parsed = ShellParser.Parse(text, ShellParserOptions.Runbook);
        var problem = parsed.Diagnostics.FirstOrDefault();
        var (line, column) = _block.Locate(_block.Start(first) + (problem?.Span.Start ?? 0));
        _diagnostics.Add(new RunbookDiagnostic(
            "MW1002",
            Severity.Error,
            problem is null ? "The command cannot be read." : $"The command cannot be read: {problem.Message}",
            new DocumentSpan(line, column, line, column + 1),
            problem?.Remedy ?? "Write it so that bash accepts it."));
        AddLines(first, end, null);
        return end;
    }

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
        var count = source.Count(c => c == '\n');
        ImmutableArray<LineOrigin> origins =
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
            _commands.Add(new BlockCommand(
                line.Text,
                parsed is { IsSound: true } ? parsed.Script : null,
                new DocumentSpan(line.Origin.Line, line.Origin.Column, line.Origin.Line,
                    line.Origin.Column + line.Text.Length),
                [line.Origin],
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
}
