using System.Collections.Immutable;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses assignments and array literals.</summary>
internal sealed class AssignmentParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>The assignment at the place; null when there is none.</summary>
    public Assignment? TryParse()
    {
        var start = _state.Position;
        var nameEnd = start;
        if (!ShellCharacters.IsNameStart(_state.Current))
        {
            return null;
        }

        while (nameEnd < _state.Text.Length && ShellCharacters.IsNameCharacter(_state.Text[nameEnd]))
        {
            nameEnd++;
        }

        if (nameEnd == _state.Text.Length || _state.Text[nameEnd] is not ('=' or '+' or '['))
        {
            return null;
        }

        _state.Position = nameEnd;
        Word? subscript = null;
        if (_state.Current == '[')
        {
            if (!SubscriptIsFollowedByEquals())
            {
                _state.Position = start;
                return null;
            }

            subscript = ParseSubscript();
        }

        var append = _state.At("+=");
        if (!append && _state.Current != '=')
        {
            _state.Position = start;
            return null;
        }

        _state.Position += append ? 2 : 1;
        var outerNames = _state.WordsAreNames;
        _state.WordsAreNames = false;
        var array = _state.Current == '(' && subscript is null ? ParseArray() : null;
        var value = array is null ? grammar.Words.TryParse() : null;
        _state.WordsAreNames = outerNames;
        var name = _state.Slice(start, nameEnd);
        return new Assignment(_state.SpanFrom(start), name, subscript, append, value, array);
    }

    private bool SubscriptIsFollowedByEquals()
    {
        var close = SubscriptScanner.Close(_state.Text, _state.Position);
        var behind = close < 0 ? default : _state.Text.AsSpan(close + 1);
        return behind.StartsWith("=") || behind.StartsWith("+=");
    }

    private Word ParseSubscript()
    {
        _state.Position++;
        var word = grammar.Operands.ParseSubscript(insideQuotes: false);
        if (!_state.Take("]"))
        {
            _state.Fail("SH1005", "The subscript is never closed.", "Write “]”.", _state.Position, _state.Position);
        }

        return word;
    }

    private ArrayLiteral ParseArray()
    {
        var start = _state.Position++;
        var elements = ImmutableArray.CreateBuilder<ArrayElement>(4);
        while (true)
        {
            grammar.Lists.SkipLines();
            if (_state.AtEnd)
            {
                _state.Fail(
                    "SH1004", "“(” is never closed by “)”.", "Write “)” where the array ends.", start, start + 1);
                break;
            }

            if (_state.Take(")"))
            {
                break;
            }

            if (ParseElement() is not { } element)
            {
                grammar.Lists.FailUnexpected();
                break;
            }

            elements.Add(element);
        }

        return new ArrayLiteral(_state.SpanFrom(start), elements.DrainToImmutable());
    }

    private ArrayElement? ParseElement()
    {
        var start = _state.Position;
        if (_state.Current == '[' && SubscriptIsFollowedByEquals())
        {
            var subscript = ParseSubscript();
            if (!_state.Take("="))
            {
                grammar.Lists.FailUnexpected();
            }

            var element = grammar.Words.TryParse();
            return new ArrayElement(_state.SpanFrom(start), subscript, element);
        }

        return grammar.Words.TryParse() is { } word ? new ArrayElement(word.Span, null, word) : null;
    }
}
