namespace Midwatch.Shell.Syntax;

/// <summary>Parses words in all the places where they may stand.</summary>
internal sealed class WordParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>The word of a command at the place; null when none begins here.</summary>
    public Word? TryParse() => TryParse(AtWordEnd);

    public Word ParseRequired(string what)
    {
        if (TryParse() is { } word)
        {
            return word;
        }

        if (!_state.Failed && _state.AtEnd)
        {
            _state.Fail(
                "SH1004", $"The text ends where {what} is needed.", "Complete it.", _state.Position, _state.Position);
        }

        grammar.Lists.FailUnexpected();
        return new Word(_state.SpanFrom(_state.Position), []);
    }

    /// <summary>Everything up to a character that is not quoted; blanks and operators are plain text.</summary>
    public Word ParseUntil(char close, bool insideQuotes) =>
        ParseOperand(c => c == close, insideQuotes, singleQuotes: true);

    /// <summary>The operand of a parameter expansion, up to a stop that is not quoted.</summary>
    /// <param name="insideQuotes">Within double quotes, where a backslash protects less.</param>
    /// <param name="singleQuotes">Whether a single quote quotes here.</param>
    public Word ParseOperand(Func<char, bool> stop, bool insideQuotes, bool singleQuotes)
    {
        var start = _state.Position;
        var parts = new PartList(_state);
        while (!_state.AtEnd && !stop(_state.Current))
        {
            if (insideQuotes && _state.Current == '\\' && !IsProtected(_state.Peek(1)) && !stop(_state.Peek(1)))
            {
                parts.TakeLiteral();
            }
            else if (_state.Current == '\'' && !singleQuotes)
            {
                parts.TakeLiteral();
            }
            else if (singleQuotes && _state.At("$'"))
            {
                // Also between double quotes: "${x//$'\n'/,}".
                var ansiStart = _state.Position;
                parts.Add(grammar.Quotes.ParseAnsi(), ansiStart);
            }
            else
            {
                ParsePart(parts, insideQuotes);
            }
        }

        return new Word(_state.SpanFrom(start), parts.Finish());
    }

    /// <summary>
    /// The right side of <c>=~</c>: parentheses and bars belong to it, and blanks within parentheses.
    /// </summary>
    public Word? TryParseRegularExpression()
    {
        var depth = 0;
        return TryParse(() =>
        {
            depth += _state.Current switch { '(' => 1, ')' => -1, _ => 0 };
            return depth < 0
                || _state.AtLineEnd
                || (depth == 0 && ShellCharacters.IsBlank(_state.Current))
                || (depth == 0 && (_state.At("&&")
                    || (_state.At("||") && ShellCharacters.IsBlank(_state.Text[_state.Position - 1]))));
        });
    }

    private Word? TryParse(Func<bool> end)
    {
        if (_state.AtEnd || end())
        {
            return null;
        }

        var start = _state.Position;
        var parts = new PartList(_state);
        if (_state.Options.Placeholders)
        {
            DamageScanner.CheckWordStart(_state);
        }

        do
        {
            ParsePart(parts, insideQuotes: false);
        }
        while (!_state.AtEnd && !end());

        return new Word(_state.SpanFrom(start), parts.Finish());
    }

    private bool AtWordEnd()
    {
        if (!ShellCharacters.IsMeta(_state.Current))
        {
            return _state.AtLineEnd;
        }

        var processSubstitution = _state.Current is '<' or '>' && _state.Peek(1) == '(';
        return !processSubstitution && !grammar.Placeholders.AtAngle();
    }

    private static bool IsProtected(char c) => c is '$' or '`' or '"' or '\\' or '\n' or '}';

    /// <summary>Takes one step: a part, an escaped or a plain character, a continuation.</summary>
    private void ParsePart(PartList parts, bool insideQuotes)
    {
        var start = _state.Position;
        var continuation = _state.ContinuationLength();
        if (continuation > 0)
        {
            _state.Position += continuation;
        }
        else if (_state.Current == '\\')
        {
            ParseEscaped(parts);
        }
        else if (_state.Current == '\'')
        {
            grammar.Quotes.ParseSingle(parts);
        }
        else if (TryParseSpecial(insideQuotes) is { } part)
        {
            parts.Add(part, start);
        }
        else if (grammar.Placeholders.TryRead(parts.Literal, PlaceholderSetting.Unquoted) is { } placeholder)
        {
            parts.Add(placeholder, start);
        }
        else if (!_state.Failed)
        {
            if (_state.Options.Placeholders)
            {
                DamageScanner.CheckCharacter(_state);
            }

            if (!_state.AtEnd)
            {
                parts.TakeLiteral();
            }
        }
    }

    private void ParseEscaped(PartList parts)
    {
        if (_state.Position + 1 >= _state.Text.Length)
        {
            parts.TakeLiteral();
            return;
        }

        if (_state.Options.Placeholders && DamageScanner.CheckEscape(_state))
        {
            return;
        }

        var start = _state.Position;
        var length = char.IsSurrogatePair(_state.Peek(1), _state.Peek(2)) ? 2 : 1;
        var text = _state.Text.Substring(start + 1, length);
        _state.Position += 1 + length;
        parts.Add(new WordPart.Escaped(_state.SpanFrom(start), text), start);
    }

    private WordPart? TryParseSpecial(bool insideQuotes) => _state.Current switch
    {
        '"' => grammar.Quotes.ParseDouble(),
        '`' => grammar.Quotes.ParseBackticks(insideQuotes),
        '$' => grammar.Dollars.TryParse(insideQuotes),
        '<' or '>' when _state.Peek(1) == '(' && !insideQuotes => grammar.Dollars.ParseProcessSubstitution(),
        '?' or '*' or '+' or '@' or '!' when _state.Peek(1) == '(' && !insideQuotes => ParseExtendedGlob(),
        _ => null,
    };

    private WordPart.ExtendedGlob ParseExtendedGlob()
    {
        var start = _state.Position;
        var kind = _state.Current;
        _state.Position += 2;
        if (!_state.Enter())
        {
            return new WordPart.ExtendedGlob(_state.SpanFrom(start), kind, new Word(_state.SpanFrom(start), []));
        }

        var depth = 0;
        var pattern = ParseOperand(
            c =>
            {
                depth += c == '(' ? 1 : 0;
                return c == ')' && depth-- == 0;
            },
            insideQuotes: false,
            singleQuotes: true);
        _state.Leave();
        if (!_state.Take(")"))
        {
            _state.Fail("SH1004", "“(” is never closed by “)”.", "Write “)” where the pattern ends.", start, start + 2);
        }

        return new WordPart.ExtendedGlob(_state.SpanFrom(start), kind, pattern);
    }
}
