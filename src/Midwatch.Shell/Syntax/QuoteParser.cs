using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses quotes, backticks and the bodies of here-documents.</summary>
internal sealed class QuoteParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>POSIX 2.2.2: nothing is special within single quotes, and they end at the next one.</summary>
    /// <remarks>A runbook's placeholder in between cuts the text into several parts that touch each other.</remarks>
    public void ParseSingle(PartList parts)
    {
        var start = _state.Position;
        var end = _state.Text.IndexOf('\'', start + 1);
        if (end < 0)
        {
            parts.Add(Unterminated(start, "'"));
            return;
        }

        _state.Position = start + 1;
        if (_state.Options.Placeholders)
        {
            ParseSinglePieces(parts, start, end);
            return;
        }

        var text = _state.Text[_state.Position..end];
        _state.Position = end + 1;
        parts.Add(new WordPart.SingleQuoted(_state.SpanFrom(start), text));
    }

    private void ParseSinglePieces(PartList parts, int pieceStart, int end)
    {
        var textStart = _state.Position;
        while (_state.Position < end)
        {
            var at = _state.Position;
            // A hole that reaches behind the closing quote is none: "'a <b' c 'd> e'".
            if (grammar.Placeholders.TryRead(at > textStart, PlaceholderSetting.SingleQuoted) is not { } placeholder
                || _state.Position > end)
            {
                _state.Position = at + 1;
                _state.Position += grammar.Runs.InSingleQuotes();
                continue;
            }

            var behind = _state.Position;
            _state.Position = at;
            parts.Add(new WordPart.SingleQuoted(_state.Span(pieceStart, at), _state.Text[textStart..at]));
            _state.Position = behind;
            parts.Add(placeholder);
            pieceStart = behind;
            textStart = behind;
        }

        var text = _state.Text[textStart..end];
        _state.Position = end + 1;
        parts.Add(new WordPart.SingleQuoted(_state.SpanFrom(pieceStart), text));
    }

    public WordPart ParseAnsi()
    {
        var start = _state.Position;
        _state.Position += 2;
        var sourceStart = _state.Position;
        while (!_state.AtEnd && _state.Current != '\'')
        {
            _state.Position = Math.Min(_state.Position + (_state.Current == '\\' ? 2 : 1), _state.Text.Length);
        }

        if (_state.AtEnd)
        {
            return Unterminated(start, "$'");
        }

        var source = _state.Text[sourceStart.._state.Position];
        _state.Position++;
        return new WordPart.AnsiQuoted(_state.SpanFrom(start), source, AnsiEscapes.Decode(source));
    }

    public WordPart ParseDouble() => ParseDouble(_state.Position, localized: false);

    public WordPart ParseLocalized() => ParseDouble(_state.Position++, localized: true);

    /// <summary>The whole text as if between double quotes, except that a double quote is plain text.</summary>
    public ImmutableArray<WordPart> ParseHereDocument()
    {
        var parts = grammar.PartLists.Rent();
        while (!_state.AtEnd)
        {
            ParseQuoted(parts, protectsQuote: false);
        }

        return Finish(parts);
    }

    public WordPart ParseBackticks(bool insideQuotes)
    {
        var start = _state.Position;
        var text = new StringBuilder();
        var map = new List<int>();
        var i = start + 1;
        while (i < _state.Text.Length && _state.Text[i] != '`')
        {
            var next = i + 1 < _state.Text.Length ? _state.Text[i + 1] : '\0';
            var escapes = _state.Text[i] == '\\' && (next is '`' or '\\' or '$' || (insideQuotes && next == '"'));
            i += escapes ? 1 : 0;
            text.Append(_state.Text[i]);
            map.Add(_state.Origin(i));
            i++;
        }

        if (i >= _state.Text.Length)
        {
            return Unterminated(start, "`");
        }

        map.Add(_state.Origin(i));
        _state.Position = i + 1;
        return new WordPart.CommandSubstitution(
            _state.SpanFrom(start),
            ParseNested(_state.Nested(text.ToString(), [.. map])),
            Backticks: true);
    }

    private ImmutableArray<Statement> ParseNested(ParserState nested)
    {
        if (!nested.Enter())
        {
            _state.Fail(nested.Failure!);
            return [];
        }

        var body = new Grammar(nested).Lists.ParseTopLevel();
        _state.Comments.AddRange(nested.Comments);
        if (nested.Failure is { } failure)
        {
            _state.Fail(failure);
        }

        return body;
    }

    private WordPart ParseDouble(int start, bool localized)
    {
        _state.Position++;
        var parts = grammar.PartLists.Rent();
        while (!_state.AtEnd && _state.Current != '"')
        {
            ParseQuoted(parts, protectsQuote: true);
        }

        var inside = Finish(parts);
        if (_state.AtEnd)
        {
            return Unterminated(start, localized ? "$\"" : "\"");
        }

        _state.Position++;
        return new WordPart.DoubleQuoted(_state.SpanFrom(start), inside, localized);
    }

    private ImmutableArray<WordPart> Finish(PartList parts)
    {
        var inside = parts.Finish();
        grammar.PartLists.Return(parts);
        return inside;
    }

    private void ParseQuoted(PartList parts, bool protectsQuote)
    {
        var start = _state.Position;
        if (_state.TakeContinuation())
        {
            return;
        }

        if (_state.Current == '\\' && IsProtected(_state.Peek(1), protectsQuote))
        {
            var text = _state.Peek(1).ToString();
            _state.Position += 2;
            parts.Add(new WordPart.Escaped(_state.SpanFrom(start), text));
        }
        else if (_state.Current == '`')
        {
            parts.Add(ParseBackticks(insideQuotes: protectsQuote));
        }
        else if (_state.Current == '$' && grammar.Dollars.TryParse(insideQuotes: true) is { } part)
        {
            parts.Add(part);
        }
        else if (grammar.Placeholders.TryRead(parts.InLiteral, PlaceholderSetting.Quoted) is { } placeholder)
        {
            parts.Add(placeholder);
        }
        else if (!_state.AtEnd)
        {
            parts.TakeLiteral();
            parts.TakeLiteral(grammar.Runs.InQuotes());
        }
    }

    // POSIX 2.2.3: within double quotes a backslash protects only these.
    private static bool IsProtected(char c, bool protectsQuote) =>
        c is '$' or '`' or '\\' || (c == '"' && protectsQuote);

    private WordPart.SingleQuoted Unterminated(int start, string quote)
    {
        _state.Position = _state.Text.Length;
        _state.Fail(
            "SH1001",
            $"The quote {quote} is never closed.",
            "Close it, or write \\ before it if it is meant as text.",
            start,
            start + quote.Length);
        return new WordPart.SingleQuoted(_state.SpanFrom(start), string.Empty);
    }
}
