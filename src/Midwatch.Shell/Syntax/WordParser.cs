namespace Midwatch.Shell.Syntax;

/// <summary>Parses words in all the places where they may stand.</summary>
internal sealed class WordParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>The word of a command at the place; null when none begins here.</summary>
    public Word? TryParse()
    {
        if (_state.AtEnd || AtWordEnd())
        {
            return null;
        }

        return TryTakePlain() ?? ParseParts();
    }

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

    /// <summary>
    /// The right side of <c>=~</c>: parentheses and bars belong to it, and blanks within parentheses. No glob is one.
    /// </summary>
    public Word? TryParseRegularExpression()
    {
        var start = _state.Position;
        var parts = grammar.PartLists.Rent();
        var depth = 0;
        while (!_state.AtEnd && !AtExpressionEnd(ref depth))
        {
            ParsePart(parts, insideQuotes: false, globs: false);
        }

        return Finish(start, parts);
    }

    /// <summary>A step of a word: a part, an escaped character, plain text, a continuation.</summary>
    public void ParsePart(PartList parts, bool insideQuotes, bool globs)
    {
        if (_state.TakeContinuation())
        {
            return;
        }

        if (_state.Current == '\\')
        {
            ParseEscaped(parts);
        }
        else if (_state.Current == '\'')
        {
            grammar.Quotes.ParseSingle(parts);
        }
        else if (TryParseSpecial(insideQuotes, globs) is { } part)
        {
            parts.Add(part);
        }
        else if (grammar.Placeholders.TryRead(parts.InLiteral, PlaceholderSetting.Unquoted) is { } placeholder)
        {
            parts.Add(placeholder);
        }
        else if (!_state.Failed)
        {
            TakePlain(parts, globs);
        }
    }

    private void TakePlain(PartList parts, bool globs)
    {
        if (_state.Options.Placeholders)
        {
            DamageScanner.CheckCharacter(_state);
        }

        if (_state.AtEnd)
        {
            return;
        }

        parts.TakeLiteral();
        var more = grammar.Runs.InOperand();
        if (more > 0)
        {
            // The last one may begin an extended glob.
            var glob = globs && _state.Peek(more) == '(' && ShellCharacters.IsGlobOperator(_state.Peek(more - 1));
            parts.TakeLiteral(glob ? more - 1 : more);
        }
    }

    /// <summary>A word without anything special in it, as most are.</summary>
    private Word? TryTakePlain()
    {
        var length = grammar.Runs.InWord();
        var behind = _state.Peek(length);
        var ends = ShellCharacters.IsMeta(behind)
            ? behind is not ('(' or '<' or '>')
            : behind == '\r' && _state.Peek(length + 1) == '\n';
        if (length == 0 || !ends)
        {
            return null;
        }

        var start = _state.Position;
        _state.Position += length;
        var span = _state.SpanFrom(start);
        return new Word(span, [new WordPart.Literal(span, _state.Slice(start, start + length))]);
    }

    private Word? ParseParts()
    {
        var start = _state.Position;
        var parts = grammar.PartLists.Rent();
        if (_state.Options.Placeholders)
        {
            DamageScanner.CheckWordStart(_state);
        }

        while (!_state.AtEnd && !AtWordEnd())
        {
            ParsePart(parts, insideQuotes: false, globs: true);
        }

        return Finish(start, parts);
    }

    private Word? Finish(int start, PartList parts)
    {
        if (!_state.Failed)
        {
            _state.Position = parts.End;
        }

        var word = parts.IsEmpty ? null : new Word(_state.Span(start, parts.End), parts.Finish());
        grammar.PartLists.Return(parts);
        return word;
    }

    private bool AtExpressionEnd(ref int depth)
    {
        depth += _state.Current switch { '(' => 1, ')' => -1, _ => 0 };
        return depth < 0
            || _state.AtLineEnd
            || (depth == 0 && ShellCharacters.IsBlank(_state.Current))
            || (depth == 0 && (_state.At("&&")
                || (_state.At("||") && ShellCharacters.IsBlank(_state.Text[_state.Position - 1]))));
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

    private void ParseEscaped(PartList parts)
    {
        if (_state.Position + 1 >= _state.Text.Length)
        {
            // At the very end of the text there is nothing to protect: bash takes it as a backslash.
            var at = _state.Position++;
            parts.Add(new WordPart.Escaped(_state.SpanFrom(at), "\\"));
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
        parts.Add(new WordPart.Escaped(_state.SpanFrom(start), text));
    }

    private WordPart? TryParseSpecial(bool insideQuotes, bool globs) => _state.Current switch
    {
        '"' => grammar.Quotes.ParseDouble(),
        '`' => grammar.Quotes.ParseBackticks(insideQuotes),
        '$' => grammar.Dollars.TryParse(insideQuotes),
        '<' or '>' when _state.Peek(1) == '(' && !insideQuotes => grammar.Dollars.ParseProcessSubstitution(),
        var c when globs && !insideQuotes && _state.Peek(1) == '(' && ShellCharacters.IsGlobOperator(c) =>
            grammar.Operands.ParseExtendedGlob(),
        _ => null,
    };
}
