using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses what a dollar begins, and process substitution.</summary>
internal sealed class DollarParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>The expansion at the place; null when the dollar is plain text.</summary>
    public WordPart? TryParse(bool insideQuotes)
    {
        var next = _state.Peek(1);
        return next switch
        {
            '(' when _state.Peek(2) == '(' && grammar.Arithmetic.IsArithmetic(_state.Position + 3) =>
                ParseArithmetic("$((", "))"),
            '(' => ParseCommandSubstitution(),
            '[' when !_state.Options.Placeholders => ParseArithmetic("$[", "]"),
            '{' => grammar.Placeholders.TryReadPhrase() ?? (WordPart)grammar.Parameters.ParseBraced(insideQuotes),
            '\'' when !insideQuotes => grammar.Quotes.ParseAnsi(),
            '"' when !insideQuotes => grammar.Quotes.ParseLocalized(),
            _ => ParseName(next),
        };
    }

    public WordPart.ProcessSubstitution ParseProcessSubstitution()
    {
        var start = _state.Position;
        var output = _state.Current == '>';
        _state.Position += 2;
        var body = ParseBody(start, output ? ">(" : "<(");
        return new WordPart.ProcessSubstitution(_state.SpanFrom(start), body, output);
    }

    private WordPart.CommandSubstitution ParseCommandSubstitution()
    {
        var start = _state.Position;
        _state.Position += 2;
        var body = ParseBody(start, "$(");
        return new WordPart.CommandSubstitution(_state.SpanFrom(start), body, Backticks: false);
    }

    private ImmutableArray<Statement> ParseBody(int start, string opening)
    {
        // A here-document named before the substitution begins behind the line on which the whole command ends.
        HereDocumentSlot[] outer = [.. _state.PendingDocuments];
        _state.PendingDocuments.Clear();
        if (!_state.Enter())
        {
            return [];
        }

        var body = grammar.Lists.ParseStatements();
        _state.Leave();
        _state.PendingDocuments.InsertRange(0, outer);
        if (_state.Take(")"))
        {
            return body;
        }

        if (_state.AtEnd)
        {
            _state.Fail(
                "SH1002",
                $"“{opening}” is never closed by “)”.",
                "Write “)” where it ends.",
                start,
                start + opening.Length);
        }

        grammar.Lists.FailUnexpected();
        return body;
    }

    private WordPart.Arithmetic? ParseArithmetic(string opening, string closing)
    {
        var start = _state.Position;
        _state.Position += opening.Length;
        if (!_state.Enter())
        {
            return null;
        }

        var expression = grammar.Arithmetic.ParseUpTo(closing);
        _state.Leave();
        return new WordPart.Arithmetic(_state.SpanFrom(start), expression, Brackets: closing == "]");
    }

    private WordPart.Parameter? ParseName(char next)
    {
        var start = _state.Position;
        if (ShellCharacters.IsNameStart(next))
        {
            _state.Position++;
            while (ShellCharacters.IsNameCharacter(_state.Current))
            {
                _state.Position++;
            }
        }
        else if (char.IsAsciiDigit(next) || ShellCharacters.IsSpecialParameter(next))
        {
            _state.Position += 2;
        }
        else
        {
            return null;
        }

        var name = _state.Slice(start + 1, _state.Position);
        return new WordPart.Parameter(_state.SpanFrom(start), name, Braced: false, ParameterPrefix.None, null, null);
    }
}
