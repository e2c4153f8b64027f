using System.Globalization;

namespace Midwatch.Shell.Syntax;

/// <summary>Parses redirections.</summary>
internal sealed class RedirectionParser(Grammar grammar)
{
    // Longest first, so that no operator hides another.
    private static readonly (string Text, RedirectionOperator Operator)[] Operators =
    [
        ("<<<", RedirectionOperator.HereString),
        ("<<-", RedirectionOperator.HereDocumentDedented),
        ("&>>", RedirectionOperator.AppendOutputAndError),
        ("<<", RedirectionOperator.HereDocument),
        (">>", RedirectionOperator.Append),
        ("<>", RedirectionOperator.ReadWrite),
        ("<&", RedirectionOperator.DuplicateInput),
        (">&", RedirectionOperator.DuplicateOutput),
        (">|", RedirectionOperator.Clobber),
        ("&>", RedirectionOperator.OutputAndError),
        ("<", RedirectionOperator.Input),
        (">", RedirectionOperator.Output),
    ];

    private readonly ParserState _state = grammar.State;

    /// <summary>The redirection at the place; null when there is none.</summary>
    public Redirection? TryParse()
    {
        if (_state.Current is not ((>= '0' and <= '9') or '<' or '>' or '&' or '{'))
        {
            return null;
        }

        var start = _state.Position;
        var prefix = PrefixLength();
        _state.Position += prefix;
        if (TakeOperator(prefix > 0) is not { } kind)
        {
            _state.Position = start;
            return null;
        }

        var (descriptor, variable) = ReadPrefix(_state.Text.AsSpan(start, prefix));
        var operatorSpan = _state.SpanFrom(start);
        _state.SkipBlanks();
        if (kind is RedirectionOperator.HereDocument or RedirectionOperator.HereDocumentDedented)
        {
            return HereDocument(start, descriptor, variable, kind, operatorSpan);
        }

        // `> # note` redirects to nothing: what follows is a comment.
        if (_state.Current != '#' && grammar.Words.TryParse() is { } target)
        {
            return new Redirection(_state.SpanFrom(start), descriptor, variable, kind, target);
        }

        _state.Fail(
            "SH1008",
            "There is nothing to redirect to.",
            "Name a file, or quote the character if it is meant as text.",
            start,
            _state.Position);
        return null;
    }

    /// <summary>Digits, or <c>{name}</c>, right before the operator.</summary>
    private int PrefixLength()
    {
        var length = 0;
        while (char.IsAsciiDigit(_state.Peek(length)) && length < 5)
        {
            length++;
        }

        if (length > 0)
        {
            return _state.Peek(length) is '<' or '>' ? length : 0;
        }

        if (_state.Current != '{' || !ShellCharacters.IsNameStart(_state.Peek(1)))
        {
            return 0;
        }

        length = 2;
        while (ShellCharacters.IsNameCharacter(_state.Peek(length)))
        {
            length++;
        }

        return _state.Peek(length) == '}' && _state.Peek(length + 1) is '<' or '>' ? length + 1 : 0;
    }

    private RedirectionOperator? TakeOperator(bool prefixed)
    {
        if (grammar.Placeholders.AtAngle())
        {
            return null;
        }

        foreach (var (text, kind) in Operators)
        {
            // `2&>x` is the word 2 and a redirection; `<(` begins a process substitution.
            if (_state.At(text) && !(prefixed && text[0] == '&') && !(text.Length == 1 && _state.Peek(1) == '('))
            {
                _state.Position += text.Length;
                return kind;
            }
        }

        return null;
    }

    private static (int? Descriptor, string? Variable) ReadPrefix(ReadOnlySpan<char> prefix) =>
        prefix.IsEmpty ? (null, null)
        : prefix[0] == '{' ? (null, prefix[1..^1].ToString())
        : (int.Parse(prefix, NumberStyles.None, CultureInfo.InvariantCulture), null);

    private Redirection? HereDocument(
        int start,
        int? descriptor,
        string? variable,
        RedirectionOperator kind,
        SourceSpan operatorSpan)
    {
        var delimiterStart = _state.Position;
        var outerNames = _state.WordsAreNames;
        _state.WordsAreNames = true;
        var word = _state.Current == '#' ? null : grammar.Words.TryParse();
        _state.WordsAreNames = outerNames;
        if (word is not { } target)
        {
            _state.Fail(
                "SH1008", "The here-document has no delimiter.", "Write a word behind “<<”.", start, _state.Position);
            return null;
        }

        // Nothing is expanded in a delimiter: `<<$x` ends at a line that reads `$x`.
        var written = _state.Text[delimiterStart.._state.Position];
        var quoted = written.AsSpan().IndexOfAny("'\"\\") >= 0;
        var delimiter = quoted ? target.StaticText ?? written : written;
        var slot = new HereDocumentSlot(
            delimiter,
            quoted,
            kind == RedirectionOperator.HereDocumentDedented,
            operatorSpan.Union(target.Span));
        _state.PendingDocuments.Add(slot);
        return new Redirection(_state.SpanFrom(start), descriptor, variable, kind, target) { Slot = slot };
    }
}
