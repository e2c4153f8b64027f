using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses lists of statements, and-or lists and pipelines.</summary>
internal sealed class ListParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>Everything up to the end; after a failure only what stood whole before it.</summary>
    public ImmutableArray<Statement> ParseTopLevel()
    {
        var statements = ParseStatements();
        if (!_state.AtEnd)
        {
            FailUnexpected();
        }

        return statements;
    }

    /// <summary>Statements up to the end, a closing parenthesis, <c>;;</c> or a closing reserved word.</summary>
    public ImmutableArray<Statement> ParseStatements()
    {
        var statements = ImmutableArray.CreateBuilder<Statement>(2);
        while (true)
        {
            SkipLines();
            if (ParseStatement() is not { } statement)
            {
                return statements.DrainToImmutable();
            }

            statements.Add(statement);
        }
    }

    /// <summary>
    /// The next statement of the top level, and those behind it up to the end of the line on which its here-documents
    /// begin: what follows does not hang on it.
    /// </summary>
    public void ParsePiece(ImmutableArray<Statement>.Builder statements)
    {
        SkipLines();
        do
        {
            if (ParseStatement() is { } statement)
            {
                statements.Add(statement);
            }
            else if (!_state.AtEnd)
            {
                FailUnexpected();
            }

            if (_state.PendingDocuments.Count > 0)
            {
                SkipLines();
                grammar.HereDocuments.FailIfUnread();
            }
        }
        while (_state.PendingDocuments.Count > 0 && !_state.AtEnd);
    }

    /// <summary>The statement at the place with what ends it; null where none begins, and after a failure.</summary>
    public Statement? ParseStatement()
    {
        if (_state.AtEnd || AtStop())
        {
            grammar.HereDocuments.FailIfUnread();
            return null;
        }

        var statement = ParseAndOr();
        _state.SkipBlanks();
        if (_state.Failed)
        {
            return null;
        }

        if (_state.Current == '&')
        {
            _state.Position++;
            return statement with
            {
                Background = true, Span = statement.Span.Union(_state.SpanFrom(_state.Position)),
            };
        }

        if (_state.Current == ';' && _state.Peek(1) is not (';' or '&'))
        {
            _state.Position++;
        }
        else if (!_state.AtEnd && !_state.AtLineEnd && _state.Current != '#' && !AtStop())
        {
            FailUnexpected();
            return null;
        }

        return statement;
    }

    /// <summary>Skips blanks, comments and line breaks, reading the here-documents that begin after one.</summary>
    public void SkipLines()
    {
        while (true)
        {
            _state.SkipBlanks();
            if (_state.Current == '#')
            {
                SkipComment();
            }
            else if (_state.Current == '\n')
            {
                _state.Position++;
                grammar.HereDocuments.ReadPending();
            }
            else
            {
                return;
            }
        }
    }

    public void FailUnexpected()
    {
        var start = _state.Position;
        if (_state.Failed)
        {
            return;
        }

        if (_state.AtEnd)
        {
            _state.Fail("SH1003", "The text ends in the middle of a command.", "Complete it.", start, start);
            return;
        }

        var word = NextWord();
        var token = word.Length > 0 ? word : _state.AtLineEnd ? "end of line" : _state.Current.ToString();
        _state.Fail(
            "SH1003",
            $"Unexpected “{token}”.",
            "Quote it if it is meant as text; otherwise see what is missing before it.",
            start,
            start + (word.Length > 0 ? word.Length : 1));
    }

    /// <summary>The letters at the place, or the reserved word of other characters; may be empty.</summary>
    private string NextWord()
    {
        const int LengthMax = 20;
        var length = 0;
        while (length < LengthMax && char.IsAsciiLetter(_state.Peek(length)))
        {
            length++;
        }

        return length > 0 ? _state.Text.Substring(_state.Position, length) : ReservedWords.At(_state);
    }

    private bool AtStop() =>
        _state.Current == ')'
        || (_state.Current == ';' && _state.Peek(1) is ';' or '&')
        || ReservedWords.IsClosing(ReservedWords.At(_state));

    private void SkipComment()
    {
        var start = _state.Position;
        var length = _state.Text.AsSpan(start).IndexOf('\n');
        _state.Position = length < 0 ? _state.Text.Length : start + length;
        if (length > 0 && _state.Text[_state.Position - 1] == '\r')
        {
            _state.Position--;
        }

        var text = _state.Text[(start + 1).._state.Position];
        _state.Comments.Add(new Comment(_state.SpanFrom(start), text));
    }

    private Statement ParseAndOr()
    {
        var first = ParsePipeline();
        _state.SkipBlanks();
        if (_state.Current is not ('&' or '|') || _state.Peek(1) != _state.Current)
        {
            return first;
        }

        var statements = ImmutableArray.CreateBuilder<Statement>(2);
        var operators = ImmutableArray.CreateBuilder<AndOrOperator>(1);
        statements.Add(first);
        while (true)
        {
            _state.SkipBlanks();
            var and = _state.At("&&");
            if (!and && !_state.At("||"))
            {
                break;
            }

            _state.Position += 2;
            operators.Add(and ? AndOrOperator.And : AndOrOperator.Or);
            SkipLines();
            statements.Add(ParsePipeline());
        }

        var span = statements[0].Span.Union(statements[^1].Span);
        var list = new Command.AndOrList(span, statements.DrainToImmutable(), operators.ToImmutable());
        return new Statement(span, list, [], Negated: false, Background: false);
    }

    /// <summary>A pipeline with what may stand before it: <c>!</c> and <c>time</c>.</summary>
    public Statement ParsePipeline()
    {
        if (!_state.Enter())
        {
            return Nothing();
        }

        var start = _state.Position;
        var statement = ReservedWords.At(_state) switch
        {
            "!" => ParseNegated(start),
            "time" when !grammar.Simple.AtFunctionName() => ParseTimed(start),
            _ => ParsePipes(),
        };
        _state.Leave();
        return statement;
    }

    public Statement Nothing() => new(_state.SpanFrom(_state.Position), null, [], Negated: false, Background: false);

    private Statement ParseNegated(int start)
    {
        _state.Position++;
        _state.SkipBlanks();
        if (AtEndOfCommand())
        {
            return new Statement(_state.Span(start, start + 1), null, [], Negated: true, Background: false);
        }

        var inner = ParsePipeline();
        return inner with { Negated = !inner.Negated, Span = _state.Span(start, start).Union(inner.Span) };
    }

    private Statement ParseTimed(int start)
    {
        _state.Position += 4;
        var end = _state.Position;
        _state.SkipBlanks();
        var posix = _state.At("-p") && ShellCharacters.IsMeta(_state.Peek(2));
        if (posix)
        {
            _state.Position += 2;
            end = _state.Position;
            _state.SkipBlanks();
        }

        var inner = AtEndOfCommand() ? null : ParsePipeline();
        var span = inner is null ? _state.Span(start, end) : _state.Span(start, start).Union(inner.Span);
        return new Statement(span, new Command.Time(span, posix, inner), [], Negated: false, Background: false);
    }

    private bool AtEndOfCommand() =>
        _state.AtEnd || _state.AtLineEnd || _state.Current is ';' or ')' or '|' or '#'
        || (_state.Current == '&' && _state.Peek(1) != '>');

    private Statement ParsePipes()
    {
        var first = grammar.Commands.ParseCommand();
        _state.SkipBlanks();
        if (_state.Current != '|' || _state.Peek(1) == '|')
        {
            return first;
        }

        var statements = ImmutableArray.CreateBuilder<Statement>(2);
        var operators = ImmutableArray.CreateBuilder<PipeOperator>(1);
        statements.Add(first);
        while (true)
        {
            _state.SkipBlanks();
            if (_state.Current != '|' || _state.Peek(1) == '|')
            {
                break;
            }

            var both = _state.Peek(1) == '&';
            _state.Position += both ? 2 : 1;
            operators.Add(both ? PipeOperator.OutputAndError : PipeOperator.Output);
            SkipLines();
            statements.Add(grammar.Commands.ParseCommand());
        }

        var span = statements[0].Span.Union(statements[^1].Span);
        var pipeline = new Command.Pipeline(span, statements.DrainToImmutable(), operators.ToImmutable());
        return new Statement(span, pipeline, [], Negated: false, Background: false);
    }
}
