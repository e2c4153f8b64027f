namespace Midwatch.Shell.Syntax;

/// <summary>Parses <c>${…}</c>.</summary>
internal sealed class ParameterParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    public WordPart.Parameter ParseBraced(bool insideQuotes)
    {
        var start = _state.Position;
        _state.Position += 2;
        if (!_state.Enter())
        {
            return new WordPart.Parameter(_state.SpanFrom(start), "_", Braced: true, ParameterPrefix.None, null, null);
        }

        var prefix = ReadPrefix();
        var name = ReadName();
        var subscript = name.Length > 0 && ShellCharacters.IsNameStart(name[0]) ? ReadSubscript(insideQuotes) : null;
        var operation = grammar.Operations.TryParse(prefix, insideQuotes);
        _state.Leave();
        if (name.Length == 0 || !_state.Take("}"))
        {
            Fail(start);
        }

        return new WordPart.Parameter(_state.SpanFrom(start), name, Braced: true, prefix, subscript, operation);
    }

    private ParameterPrefix ReadPrefix()
    {
        // `${#}` and `${#-x}` are about `$#`; `${#x}` and `${#-}` are lengths. The same with `!`.
        var next = _state.Peek(1);
        var names = ShellCharacters.IsNameCharacter(next)
            || (ShellCharacters.IsSpecialParameter(next) && _state.Peek(2) == '}');
        var prefix = _state.Current switch
        {
            '#' when names => ParameterPrefix.Length,
            '!' when names => ParameterPrefix.Indirect,
            _ => ParameterPrefix.None,
        };
        _state.Position += prefix == ParameterPrefix.None ? 0 : 1;
        return prefix;
    }

    private string ReadName()
    {
        var start = _state.Position;
        if (ShellCharacters.IsNameStart(_state.Current))
        {
            while (ShellCharacters.IsNameCharacter(_state.Current))
            {
                _state.Position++;
            }
        }
        else if (char.IsAsciiDigit(_state.Current))
        {
            while (char.IsAsciiDigit(_state.Current))
            {
                _state.Position++;
            }
        }
        else if (ShellCharacters.IsSpecialParameter(_state.Current))
        {
            _state.Position++;
        }

        return _state.Slice(start, _state.Position);
    }

    private Word? ReadSubscript(bool insideQuotes)
    {
        if (!_state.Take("["))
        {
            return null;
        }

        var word = grammar.Operands.ParseSubscript(insideQuotes);
        _state.Take("]");
        return word;
    }

    private void Fail(int start)
    {
        if (_state.AtEnd)
        {
            _state.Fail("SH1002", "“${” is never closed by “}”.", "Write “}” where it ends.", start, start + 2);
            return;
        }

        _state.Fail(
            "SH1005",
            "This is no parameter expansion that bash knows.",
            "Write ${NAME}, or protect the dollar with a backslash if it is meant as text.",
            start,
            _state.Position + 1);
    }
}
