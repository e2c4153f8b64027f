namespace Midwatch.Shell.Syntax;

/// <summary>
/// Parses words that end at a mark of their own: operands of parameter expansions, subscripts, extended globs. Blanks
/// and operators are plain text in them.
/// </summary>
internal sealed class OperandParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>Everything up to the bracket that closes a subscript; brackets within it come in pairs.</summary>
    public Word ParseSubscript(bool insideQuotes)
    {
        var start = _state.Position;
        var parts = grammar.PartLists.Rent();
        var depth = 0;
        while (!_state.AtEnd && (_state.Current != ']' || depth-- > 0))
        {
            depth += _state.Current == '[' ? 1 : 0;
            ParsePart(parts, ']', ']', (insideQuotes, SingleQuotes: true, Globs: true));
        }

        var word = new Word(_state.SpanFrom(start), parts.Finish());
        grammar.PartLists.Return(parts);
        return word;
    }

    /// <summary>The operand of a parameter expansion, up to one of two marks that is not quoted.</summary>
    /// <param name="insideQuotes">Within double quotes, where a backslash protects less.</param>
    /// <param name="singleQuotes">Whether a single quote quotes here.</param>
    /// <param name="globs">Whether an extended glob may stand here; in a replacement it is text.</param>
    public Word Parse(char close, char otherClose, bool insideQuotes, bool singleQuotes, bool globs)
    {
        var start = _state.Position;
        var parts = grammar.PartLists.Rent();
        while (!_state.AtEnd && _state.Current != close && _state.Current != otherClose)
        {
            ParsePart(parts, close, otherClose, (insideQuotes, singleQuotes, globs));
        }

        var word = new Word(_state.SpanFrom(start), parts.Finish());
        grammar.PartLists.Return(parts);
        return word;
    }

    public WordPart.ExtendedGlob ParseExtendedGlob()
    {
        var start = _state.Position;
        var kind = _state.Current;
        _state.Position += 2;
        var patternStart = _state.Position;
        var parts = grammar.PartLists.Rent();
        if (_state.Enter())
        {
            ParsePattern(parts);
            _state.Leave();
        }

        var pattern = new Word(_state.SpanFrom(patternStart), parts.Finish());
        grammar.PartLists.Return(parts);
        if (!_state.Take(")"))
        {
            _state.Fail("SH1004", "“(” is never closed by “)”.", "Write “)” where the pattern ends.", start, start + 2);
        }

        return new WordPart.ExtendedGlob(_state.SpanFrom(start), kind, pattern);
    }

    private void ParsePattern(PartList parts)
    {
        var depth = 0;
        while (!_state.AtEnd)
        {
            if (_state.Current == ')' && depth-- == 0)
            {
                return;
            }

            depth += _state.Current == '(' ? 1 : 0;
            grammar.Words.ParsePart(parts, insideQuotes: false, globs: true);
        }
    }

    private void ParsePart(
        PartList parts, char close, char otherClose, (bool InsideQuotes, bool SingleQuotes, bool Globs) setting)
    {
        if (_state.Current == '\\' && setting.InsideQuotes && !IsProtected(_state.Peek(1), setting.SingleQuotes)
            && _state.Peek(1) != close && _state.Peek(1) != otherClose)
        {
            parts.TakeLiteral();
        }
        else if (_state.Current == '\'' && !setting.SingleQuotes)
        {
            parts.TakeLiteral();
        }
        else if (setting.SingleQuotes && _state.Current == '$' && _state.Peek(1) == '\'')
        {
            // Also between double quotes: "${x//$'\n'/,}".
            parts.Add(grammar.Quotes.ParseAnsi());
        }
        else
        {
            grammar.Words.ParsePart(parts, setting.InsideQuotes, setting.Globs);
        }
    }

    private static bool IsProtected(char c, bool singleQuotes) =>
        c is '$' or '`' or '"' or '\\' or '\n' or '}' || (c == '\'' && singleQuotes);
}
