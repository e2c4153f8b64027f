namespace Midwatch.Shell.Syntax;

/// <summary>Parses arithmetic, by the precedence of C.</summary>
internal sealed class ArithmeticParser(Grammar grammar)
{
    // From the loosest; within a level the longest first. All associate to the left.
    private static readonly string[][] Levels =
    [
        ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<=", ">=", "<", ">"], ["<<", ">>"], ["+", "-"],
            ["*", "/", "%"],
    ];

    private static readonly string[] Assignments =
        ["<<=", ">>=", "*=", "/=", "%=", "+=", "-=", "&=", "^=", "|=", "="];

    private readonly ParserState _state = grammar.State;
    private int _operators;

    /// <summary>What an empty expression counts as.</summary>
    public static ArithmeticExpression.Operand Zero(SourceSpan span) =>
        new(span, new Word(span, [new WordPart.Literal(span, "0")]));

    /// <summary>Whether parentheses that were opened twice before this offset are also closed together.</summary>
    public bool IsArithmetic(int offset)
    {
        var depth = 0;
        for (var i = offset; i < _state.Text.Length; i++)
        {
            switch (_state.Text[i])
            {
                case '\\':
                    i++;
                    break;
                case '\'' or '"':
                    var close = _state.Text.IndexOf(_state.Text[i], i + 1);
                    i = close < 0 ? i : close;
                    break;
                case '(':
                    depth++;
                    break;
                case ')' when depth == 0:
                    return i + 1 < _state.Text.Length && _state.Text[i + 1] == ')';
                case ')':
                    depth--;
                    break;
            }
        }

        // Never closed: an error either way, and arithmetic says it better.
        return true;
    }

    /// <summary>An expression and what closes it; null when there is nothing before that.</summary>
    public ArithmeticExpression? ParseUpTo(string close)
    {
        var start = _state.Position;
        var expression = ParseOptional();
        SkipSpace();
        if (!_state.Take(close) && !_state.Failed)
        {
            _state.Fail(
                "SH1006",
                $"This is no arithmetic that ends with “{close}”.",
                "Check operators and parentheses.",
                start,
                _state.Position + 1);
        }

        return expression;
    }

    /// <summary>An expression; null when there is none before what must close it.</summary>
    public ArithmeticExpression? ParseOptional()
    {
        SkipSpace();
        if (_state.AtEnd || _state.Current is ')' or ']' or '}' or ';' or ':')
        {
            return null;
        }

        var outer = _operators;
        _operators = 0;
        var expression = ParseComma();
        _operators = outer;
        return expression;
    }

    private ArithmeticExpression ParseComma()
    {
        if (!_state.Enter())
        {
            return Zero(_state.SpanFrom(_state.Position));
        }

        var left = ParseAssignment();
        SkipSpace();
        while (_state.Take(","))
        {
            left = Join(",", left, ParseAssignment());
            SkipSpace();
        }

        _state.Leave();
        return left;
    }

    private ArithmeticExpression ParseAssignment()
    {
        if (!_state.Enter())
        {
            return Zero(_state.SpanFrom(_state.Position));
        }

        var left = ParseConditional();
        SkipSpace();
        if (left is ArithmeticExpression.Operand && !_state.At("==") && TakeAny(Assignments) is { } operation)
        {
            left = Join(operation, left, ParseAssignment());
        }

        _state.Leave();
        return left;
    }

    private ArithmeticExpression ParseConditional()
    {
        var condition = ParseLevel(0);
        SkipSpace();
        if (!_state.Take("?"))
        {
            return condition;
        }

        var then = ParseComma();
        SkipSpace();
        if (!_state.Take(":"))
        {
            FailOperand();
        }

        var otherwise = ParseAssignment();
        return new ArithmeticExpression.Conditional(condition.Span.Union(otherwise.Span), condition, then, otherwise);
    }

    private ArithmeticExpression ParseLevel(int level)
    {
        if (level == Levels.Length)
        {
            return ParsePower();
        }

        var left = ParseLevel(level + 1);
        while (true)
        {
            SkipSpace();
            if (TakeOperator(level) is not { } operation)
            {
                return left;
            }

            left = Join(operation, left, ParseLevel(level + 1));
        }
    }

    private string? TakeOperator(int level)
    {
        foreach (var operation in Levels[level])
        {
            if (!_state.At(operation))
            {
                continue;
            }

            var next = _state.Peek(operation.Length);
            var another = next == '=' && operation is not ("==" or "!=" or "<=" or ">=" or "||" or "&&");
            var doubled = operation.Length == 1 && next == operation[0] && operation is "|" or "&" or "<" or ">" or "*";
            if (!another && !(operation.Length == 1 && doubled && next == operation[0]))
            {
                _state.Position += operation.Length;
                return operation;
            }
        }

        return null;
    }

    private ArithmeticExpression ParsePower()
    {
        var left = ParseUnary();
        SkipSpace();
        if (!_state.Take("**"))
        {
            return left;
        }

        if (!_state.Enter())
        {
            return left;
        }

        var right = ParsePower();
        _state.Leave();
        return Join("**", left, right);
    }

    private ArithmeticExpression ParseUnary()
    {
        SkipSpace();
        var start = _state.Position;
        if (TakeAny(["++", "--", "!", "~", "+", "-"]) is { } operation)
        {
            if (!_state.Enter())
            {
                return Zero(_state.SpanFrom(start));
            }

            var inner = ParseUnary();
            _state.Leave();
            return new ArithmeticExpression.Unary(
                _state.Span(start, start).Union(inner.Span), operation, Postfix: false, inner);
        }

        var operand = ParsePrimary();
        var end = _state.Position;
        SkipSpace();
        if (operand is ArithmeticExpression.Operand && TakeAny(["++", "--"]) is { } postfix)
        {
            return new ArithmeticExpression.Unary(
                operand.Span.Union(_state.SpanFrom(end)), postfix, Postfix: true, operand);
        }

        return operand;
    }

    private ArithmeticExpression ParsePrimary()
    {
        var start = _state.Position;
        if (_state.Take("("))
        {
            var inner = ParseComma();
            SkipSpace();
            if (!_state.Take(")"))
            {
                FailOperand();
            }

            return new ArithmeticExpression.Parenthesized(_state.SpanFrom(start), inner);
        }

        var parts = grammar.PartLists.Rent();
        while (!_state.AtEnd && TakeOperandPart(parts))
        {
        }

        if (parts.IsEmpty)
        {
            FailOperand();
        }

        var word = new Word(_state.SpanFrom(start), parts.Finish());
        grammar.PartLists.Return(parts);
        return new ArithmeticExpression.Operand(word.Span, word);
    }

    private bool TakeOperandPart(PartList parts)
    {
        switch (_state.Current)
        {
            case '\'':
                grammar.Quotes.ParseSingle(parts);
                return true;
            case '"':
                parts.Add(grammar.Quotes.ParseDouble());
                return true;
            case '`':
                parts.Add(grammar.Quotes.ParseBackticks(insideQuotes: false));
                return true;
            case '$' when grammar.Dollars.TryParse(insideQuotes: false) is { } part:
                parts.Add(part);
                return true;
            case '[' when !parts.IsEmpty:
                TakeSubscript(parts);
                return true;
            case var c when ShellCharacters.IsNameCharacter(c) || (c is '#' or '@' && !parts.IsEmpty):
                parts.TakeLiteral();
                return true;
            default:
                return false;
        }
    }

    private void TakeSubscript(PartList parts)
    {
        parts.TakeLiteral();
        foreach (var part in grammar.Operands.ParseSubscript(insideQuotes: false).Parts)
        {
            parts.Add(part);
        }

        if (_state.Current == ']')
        {
            parts.TakeLiteral();
        }
    }

    private void SkipSpace()
    {
        while (!_state.AtEnd)
        {
            if (_state.TakeContinuation())
            {
                continue;
            }

            if (!char.IsWhiteSpace(_state.Current))
            {
                return;
            }

            _state.Position++;
        }
    }

    private string? TakeAny(ReadOnlySpan<string> operators)
    {
        foreach (var operation in operators)
        {
            if (_state.Take(operation))
            {
                return operation;
            }
        }

        return null;
    }

    private ArithmeticExpression Join(string operation, ArithmeticExpression left, ArithmeticExpression right) =>
        _state.Join(ref _operators)
            ? new ArithmeticExpression.Infix(left.Span.Union(right.Span), operation, left, right)
            : left;

    private void FailOperand() => _state.Fail(
        "SH1006",
        "The arithmetic is not complete here.",
        "Write a number, a variable or a parenthesis.",
        _state.Position,
        _state.Position + 1);
}
