using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses groups, branches and loops.</summary>
internal sealed class CompoundParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    public Command.Subshell ParseSubshell()
    {
        var start = _state.Position++;
        var body = ParseBody(start, "(");
        if (!_state.Take(")"))
        {
            FailMissing(")", "(", start);
        }

        return new Command.Subshell(_state.SpanFrom(start), body);
    }

    public Command.Group ParseGroup()
    {
        var start = _state.Position++;
        var body = ParseBody(start, "{");
        Expect("}", "{", start);
        return new Command.Group(_state.SpanFrom(start), body);
    }

    public Command.If ParseIf()
    {
        var start = _state.Position;
        var branches = ImmutableArray.CreateBuilder<ConditionalBranch>(1);
        var otherwise = ImmutableArray<Statement>.Empty;
        var keyword = "if";
        while (true)
        {
            var branchStart = _state.Position;
            _state.Position += keyword.Length;
            var condition = ParseBody(branchStart, keyword);
            Expect("then", keyword, branchStart);
            var body = ParseBody(branchStart, "then");
            branches.Add(new ConditionalBranch(EndOf(branchStart, body), condition, body));
            if (ReservedWords.At(_state) != "elif")
            {
                break;
            }

            keyword = "elif";
        }

        if (ReservedWords.At(_state) == "else")
        {
            var elseStart = _state.Position;
            _state.Position += "else".Length;
            otherwise = ParseBody(elseStart, "else");
        }

        Expect("fi", "if", start);
        return new Command.If(_state.SpanFrom(start), branches.DrainToImmutable(), otherwise);
    }

    public Command.While ParseWhile(bool until)
    {
        var start = _state.Position;
        _state.Position += "while".Length;
        var condition = ParseBody(start, until ? "until" : "while");
        var body = ParseDo(start, until ? "until" : "while");
        return new Command.While(_state.SpanFrom(start), until, condition, body);
    }

    public Command ParseFor()
    {
        var start = _state.Position;
        _state.Position += "for".Length;
        _state.SkipBlanks();
        if (_state.Take("(("))
        {
            return ParseArithmeticFor(start);
        }

        var name = ParseName(start, "for");
        var items = ParseItems();
        var body = ParseDoOrBraces(start, "for");
        return new Command.For(_state.SpanFrom(start), name, items, body);
    }

    public Command.Select ParseSelect()
    {
        var start = _state.Position;
        _state.Position += "select".Length;
        _state.SkipBlanks();
        var name = ParseName(start, "select");
        var items = ParseItems();
        var body = ParseDoOrBraces(start, "select");
        return new Command.Select(_state.SpanFrom(start), name, items, body);
    }

    public Command.Case ParseCase()
    {
        var start = _state.Position;
        _state.Position += "case".Length;
        _state.SkipBlanks();
        var subject = grammar.Words.ParseRequired("a word behind “case”");
        grammar.Lists.SkipLines();
        Expect("in", "case", start);
        var items = ImmutableArray.CreateBuilder<CaseItem>(4);
        while (true)
        {
            grammar.Lists.SkipLines();
            if (_state.AtEnd || ReservedWords.At(_state) == "esac")
            {
                break;
            }

            items.Add(ParseCaseItem());
        }

        Expect("esac", "case", start);
        return new Command.Case(_state.SpanFrom(start), subject, items.DrainToImmutable());
    }

    private CaseItem ParseCaseItem()
    {
        var start = _state.Position;
        _state.Take("(");
        var patterns = ImmutableArray.CreateBuilder<Word>(1);
        do
        {
            _state.SkipBlanks();
            patterns.Add(grammar.Words.ParseRequired("a pattern"));
            _state.SkipBlanks();
        }
        while (_state.Take("|"));

        if (!_state.Take(")"))
        {
            grammar.Lists.FailUnexpected();
        }

        var body = grammar.Lists.ParseStatements();
        var terminator = _state.Take(";;&") ? CaseTerminator.TestNext
            : _state.Take(";;") ? CaseTerminator.Break
            : _state.Take(";&") ? CaseTerminator.FallThrough
            : CaseTerminator.Break;
        if (!_state.AtEnd && _state.Text[_state.Position - 1] is not (';' or '&') && ReservedWords.At(_state) != "esac")
        {
            grammar.Lists.FailUnexpected();
        }

        return new CaseItem(_state.SpanFrom(start), patterns.DrainToImmutable(), body, terminator);
    }

    private Command.ArithmeticFor ParseArithmeticFor(int start)
    {
        var initial = grammar.Arithmetic.ParseUpTo(";");
        var condition = grammar.Arithmetic.ParseUpTo(";");
        var step = grammar.Arithmetic.ParseUpTo("))");
        _state.SkipBlanks();
        _state.Take(";");
        var body = ParseDoOrBraces(start, "for");
        return new Command.ArithmeticFor(_state.SpanFrom(start), initial, condition, step, body);
    }

    private string ParseName(int start, string keyword)
    {
        var nameStart = _state.Position;
        while (ShellCharacters.IsNameCharacter(_state.Current))
        {
            _state.Position++;
        }

        var name = _state.Text[nameStart.._state.Position];
        if (!ShellCharacters.IsName(name) && !_state.Failed)
        {
            _state.Fail(
                "SH1004",
                $"“{keyword}” needs the name of a variable.",
                $"Write “{keyword} NAME in …”.",
                start,
                _state.Position + 1);
        }

        return name;
    }

    /// <summary>The words behind <c>in</c>; null without one.</summary>
    private ImmutableArray<Word>? ParseItems()
    {
        _state.SkipBlanks();
        if (_state.Take(";"))
        {
            return null;
        }

        grammar.Lists.SkipLines();
        if (ReservedWords.At(_state) != "in")
        {
            return null;
        }

        _state.Position += 2;
        var words = ImmutableArray.CreateBuilder<Word>(1);
        while (true)
        {
            _state.SkipBlanks();
            if (_state.AtEnd || _state.AtLineEnd || _state.Current is ';' or '#')
            {
                break;
            }

            if (grammar.Words.TryParse() is not { } word)
            {
                grammar.Lists.FailUnexpected();
                break;
            }

            words.Add(word);
        }

        if (_state.Current == ';' && _state.Peek(1) != ';')
        {
            _state.Position++;
        }

        return words.DrainToImmutable();
    }

    private ImmutableArray<Statement> ParseDoOrBraces(int start, string keyword)
    {
        grammar.Lists.SkipLines();
        return ReservedWords.At(_state) == "{" ? ParseGroup().Body : ParseDo(start, keyword);
    }

    private ImmutableArray<Statement> ParseDo(int start, string keyword)
    {
        grammar.Lists.SkipLines();
        Expect("do", keyword, start);
        var body = ParseBody(start, "do");
        Expect("done", keyword, start);
        return body;
    }

    /// <summary>A list that must not be empty.</summary>
    private ImmutableArray<Statement> ParseBody(int start, string opening)
    {
        var bodyStart = _state.Position;
        var body = grammar.Lists.ParseStatements();
        if (body.IsEmpty && !_state.AtEnd)
        {
            _state.Fail(
                "SH1004",
                $"There is no command behind “{opening}”.",
                "Write one; “:” does nothing.",
                Math.Min(start, bodyStart),
                _state.Position);
        }

        return body;
    }

    private void Expect(string word, string opening, int openedAt)
    {
        if (ReservedWords.At(_state) == word)
        {
            _state.Position += word.Length;
            return;
        }

        FailMissing(word, opening, openedAt);
    }

    private void FailMissing(string word, string opening, int openedAt)
    {
        if (_state.AtEnd)
        {
            _state.Fail(
                "SH1004",
                $"“{opening}” is never closed by “{word}”.",
                $"Write “{word}” where it ends.",
                openedAt,
                openedAt + opening.Length);
            return;
        }

        grammar.Lists.FailUnexpected();
    }

    private SourceSpan EndOf(int start, ImmutableArray<Statement> body) =>
        body.IsEmpty ? _state.SpanFrom(start) : _state.Span(start, start).Union(body[^1].Span);
}
