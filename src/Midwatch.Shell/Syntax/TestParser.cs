using System.Collections.Frozen;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses <c>[[ … ]]</c>.</summary>
internal sealed class TestParser(Grammar grammar)
{
    private static readonly FrozenSet<string> BinaryOperators = FrozenSet.Create(
        StringComparer.Ordinal,
        "=", "==", "!=", "=~", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef");

    private const string UnaryLetters = "abcdefghkLnoprsStuwxzGNORv";

    private readonly ParserState _state = grammar.State;
    private int _operators;

    public Command.Test Parse()
    {
        var start = _state.Position;
        _state.Position += 2;
        var outer = _operators;
        _operators = 0;
        var expression = ParseOr();
        _operators = outer;
        SkipSpace();
        if (!AtClose())
        {
            if (_state.AtEnd)
            {
                _state.Fail(
                    "SH1007", "“[[” is never closed by “]]”.", "Write “]]” as a word of its own.", start, start + 2);
            }

            grammar.Lists.FailUnexpected();
        }

        _state.Position = Math.Min(_state.Position + 2, _state.Text.Length);
        return new Command.Test(_state.SpanFrom(start), expression);
    }

    private bool AtClose() => _state.At("]]") && ShellCharacters.IsMeta(_state.Peek(2));

    private TestExpression ParseOr()
    {
        var left = ParseAnd();
        SkipSpace();
        while (_state.Take("||") && _state.Join(ref _operators))
        {
            var right = ParseAnd();
            left = new TestExpression.Or(left.Span.Union(right.Span), left, right);
            SkipSpace();
        }

        return left;
    }

    private TestExpression ParseAnd()
    {
        var left = ParseNot();
        SkipSpace();
        while (_state.Take("&&") && _state.Join(ref _operators))
        {
            var right = ParseNot();
            left = new TestExpression.And(left.Span.Union(right.Span), left, right);
            SkipSpace();
        }

        return left;
    }

    private TestExpression ParseNot()
    {
        SkipSpace();
        var start = _state.Position;
        if (!_state.Enter())
        {
            return Empty(start);
        }

        TestExpression result;
        if (_state.Current == '!' && (ShellCharacters.IsBlank(_state.Peek(1)) || _state.Peek(1) is '(' or '\n'))
        {
            _state.Position++;
            var inner = ParseNot();
            result = new TestExpression.Not(_state.Span(start, start).Union(inner.Span), inner);
        }
        else if (_state.Take("("))
        {
            var inner = ParseOr();
            SkipSpace();
            if (!_state.Take(")"))
            {
                grammar.Lists.FailUnexpected();
            }

            result = new TestExpression.Parenthesized(_state.SpanFrom(start), inner);
        }
        else
        {
            result = ParsePrimary(start);
        }

        _state.Leave();
        return result;
    }

    private TestExpression ParsePrimary(int start)
    {
        if (AtClose() || grammar.Words.TryParse() is not { } left)
        {
            _state.Fail("SH1007", "There is nothing to test here.", "Write a word or an operator with its words.",
                start, start + 2);
            return Empty(start);
        }

        SkipSpace();
        if (IsUnary(left) && !AtClose() && !_state.At("&&") && !_state.At("||") && _state.Current != ')' && !AtBinary())
        {
            var operand = grammar.Words.ParseRequired("an operand");
            return new TestExpression.Unary(left.Span.Union(operand.Span), left.StaticText ?? string.Empty, operand);
        }

        if (TakeBinary() is not { } operation)
        {
            return new TestExpression.NotEmpty(left.Span, left);
        }

        SkipSpace();
        var right = operation == "=~" ? grammar.Words.TryParseRegularExpression() : grammar.Words.TryParse();
        if (right is null)
        {
            _state.Fail("SH1007", $"There is nothing behind “{operation}”.", "Write what to compare with.", start,
                _state.Position);
            return Empty(start);
        }

        return new TestExpression.Infix(left.Span.Union(right.Span), operation, left, right);
    }

    private static bool IsUnary(Word word) =>
        word.IsLiteral
        && word.StaticText is ['-', var letter]
        && UnaryLetters.Contains(letter, StringComparison.Ordinal);

    private bool AtBinary()
    {
        var saved = _state.Position;
        var found = TakeBinary() is not null;
        _state.Position = saved;
        return found;
    }

    private string? TakeBinary()
    {
        if (_state.Current is '<' or '>' && !grammar.Placeholders.AtAngle())
        {
            _state.Position++;
            return _state.Text.Substring(_state.Position - 1, 1);
        }

        var length = 0;
        while (length < 4 && !ShellCharacters.IsMeta(_state.Peek(length)))
        {
            length++;
        }

        var text = _state.Text.Substring(_state.Position, length);
        if (!BinaryOperators.Contains(text))
        {
            return null;
        }

        _state.Position += length;
        return text;
    }

    private void SkipSpace() => grammar.Lists.SkipLines();

    private TestExpression.NotEmpty Empty(int start) =>
        new(_state.SpanFrom(start), new Word(_state.SpanFrom(start), []));
}
