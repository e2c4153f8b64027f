namespace Midwatch.Shell.Syntax;

/// <summary>Parses what follows the name in <c>${name…}</c>.</summary>
internal sealed class ParameterOperationParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>The operation at the place; null at the closing brace, or when there is none that bash knows.</summary>
    public ParameterOperation? TryParse(ParameterPrefix prefix, bool insideQuotes)
    {
        var start = _state.Position;
        if (prefix == ParameterPrefix.Indirect && _state.Current is '*' or '@' && _state.Peek(1) == '}')
        {
            var separate = _state.Current == '@';
            _state.Position++;
            return new ParameterOperation.NamesWithPrefix(_state.SpanFrom(start), separate);
        }

        if (prefix == ParameterPrefix.Length)
        {
            return null;
        }

        return _state.Current switch
        {
            '-' or '=' or '?' or '+' => ParseAlternative(start, colon: false, insideQuotes),
            ':' when _state.Peek(1) is '-' or '=' or '?' or '+' => ParseAlternative(start, colon: true, insideQuotes),
            ':' => ParseSlice(start),
            '#' or '%' => ParseTrim(start, insideQuotes),
            '/' => ParseReplace(start, insideQuotes),
            '^' or ',' or '~' => ParseChangeCase(start, insideQuotes),
            '@' when "QEPAKakuUL".Contains(_state.Peek(1), StringComparison.Ordinal) => ParseTransform(start),
            _ => null,
        };
    }

    private ParameterOperation.Alternative ParseAlternative(int start, bool colon, bool insideQuotes)
    {
        _state.Position += colon ? 1 : 0;
        var kind = _state.Current;
        _state.Position++;

        // Within double quotes a single quote is plain text here, unlike in a pattern.
        var word = Operand('}', insideQuotes, singleQuotes: !insideQuotes);
        return new ParameterOperation.Alternative(_state.SpanFrom(start), kind, colon, word);
    }

    private ParameterOperation.Slice ParseSlice(int start)
    {
        _state.Position++;
        var offset = grammar.Arithmetic.ParseOptional();
        var hasLength = _state.Take(":");
        var length = hasLength ? grammar.Arithmetic.ParseOptional() : null;
        return new ParameterOperation.Slice(_state.SpanFrom(start), offset, length, hasLength);
    }

    private ParameterOperation.Trim ParseTrim(int start, bool insideQuotes)
    {
        var mark = _state.Current;
        _state.Position++;
        var longest = _state.Current == mark;
        _state.Position += longest ? 1 : 0;
        var pattern = Operand('}', insideQuotes, singleQuotes: true);
        return new ParameterOperation.Trim(_state.SpanFrom(start), mark == '%', longest, pattern);
    }

    private ParameterOperation.Replace ParseReplace(int start, bool insideQuotes)
    {
        _state.Position++;
        var scope = _state.Current switch
        {
            '/' => ReplaceScope.All,
            '#' => ReplaceScope.Beginning,
            '%' => ReplaceScope.End,
            _ => ReplaceScope.First,
        };
        _state.Position += scope == ReplaceScope.First ? 0 : 1;
        var pattern = Operand('/', insideQuotes, singleQuotes: true);
        var replacement = _state.Take("/")
            ? Operand('}', insideQuotes, singleQuotes: true, globs: false)
            : null;
        return new ParameterOperation.Replace(_state.SpanFrom(start), scope, pattern, replacement);
    }

    private ParameterOperation.ChangeCase ParseChangeCase(int start, bool insideQuotes)
    {
        var mark = _state.Current;
        _state.Position++;
        var all = _state.Current == mark;
        _state.Position += all ? 1 : 0;
        var pattern = Operand('}', insideQuotes, singleQuotes: true);
        return new ParameterOperation.ChangeCase(_state.SpanFrom(start), mark, all, pattern);
    }

    private ParameterOperation.Transform ParseTransform(int start)
    {
        var kind = _state.Peek(1);
        _state.Position += 2;
        return new ParameterOperation.Transform(_state.SpanFrom(start), kind);
    }

    private Word? Operand(char stop, bool insideQuotes, bool singleQuotes, bool globs = true)
    {
        var word = grammar.Operands.Parse('}', stop, insideQuotes, singleQuotes, globs);
        return word.Parts.IsEmpty ? null : word;
    }
}
