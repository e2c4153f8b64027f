using System.Collections.Immutable;
using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>Reads the bodies of here-documents when their line has ended.</summary>
internal sealed class HereDocumentParser(Grammar grammar)
{
    private readonly ParserState _state = grammar.State;

    /// <summary>Reads what is due at the beginning of this line, in the order in which it was named.</summary>
    public void ReadPending()
    {
        if (_state.PendingDocuments.Count == 0)
        {
            return;
        }

        HereDocumentSlot[] due = [.. _state.PendingDocuments];
        _state.PendingDocuments.Clear();
        foreach (var slot in due)
        {
            Read(slot);
        }
    }

    public void FailIfUnread()
    {
        if (_state.AtEnd && _state.PendingDocuments is [var first, ..])
        {
            FailUnterminated(first);
        }
    }

    private void Read(HereDocumentSlot slot)
    {
        var bodyStart = _state.Position;
        var lineStart = bodyStart;
        while (lineStart < _state.Text.Length)
        {
            var lineEnd = _state.Text.IndexOf('\n', lineStart);
            lineEnd = lineEnd < 0 ? _state.Text.Length : lineEnd;
            var line = _state.Text.AsSpan(lineStart, lineEnd - lineStart).TrimEnd('\r');
            if (Matches(slot, line) && (slot.Quoted || !ContinuesLineBefore(bodyStart, lineStart)))
            {
                Fill(slot, bodyStart, lineStart);
                _state.Position = Math.Min(lineEnd + 1, _state.Text.Length);
                return;
            }

            lineStart = lineEnd + 1;
        }

        _state.Position = _state.Text.Length;
        FailUnterminated(slot);
    }

    /// <summary>Whether an unprotected backslash ends the line before, so that this one belongs to it.</summary>
    private bool ContinuesLineBefore(int bodyStart, int lineStart)
    {
        var backslashes = 0;
        for (var i = lineStart - 2; i >= bodyStart && _state.Text[i] == '\\'; i--)
        {
            backslashes++;
        }

        return backslashes % 2 == 1;
    }

    private static bool Matches(HereDocumentSlot slot, ReadOnlySpan<char> line) =>
        (slot.Dedented ? line.TrimStart('\t') : line).SequenceEqual(slot.Delimiter);

    private void Fill(HereDocumentSlot slot, int start, int end)
    {
        var span = _state.Span(start, end);
        var source = _state.Text.AsSpan(start, end - start);
        var asItIs = !source.Contains('\r') && (!slot.Dedented || !source.Contains('\t'));
        ImmutableArray<WordPart> parts;
        if (asItIs && !_state.Options.Placeholders && (slot.Quoted || source.IndexOfAny('$', '`', '\\') < 0))
        {
            // As most are: nothing is dropped from it, and nothing in it means anything.
            var plain = source.ToString();
            slot.Fill(new HereDocument(span, slot.Delimiter, slot.Quoted, new Word(span, plain.Length == 0 ? []
                : slot.Quoted ? [new WordPart.SingleQuoted(span, plain)] : [new WordPart.Literal(span, plain)])));
            return;
        }

        var (text, map) = Lines(slot, start, end);
        if (slot.Quoted)
        {
            parts = text.Length == 0 ? [] : [new WordPart.SingleQuoted(span, text)];
        }
        else
        {
            var nested = _state.Nested(text, map);
            parts = new Grammar(nested).Quotes.ParseHereDocument();
            if (nested.Failure is { } failure)
            {
                _state.Fail(failure);
            }
        }

        slot.Fill(new HereDocument(span, slot.Delimiter, slot.Quoted, new Word(span, parts)));
    }

    /// <summary>The body without the tabs that <c>&lt;&lt;-</c> drops, and where each character came from.</summary>
    private (string Text, int[] Map) Lines(HereDocumentSlot slot, int start, int end)
    {
        var text = new StringBuilder();
        var map = new List<int>();
        var atLineStart = true;
        for (var i = start; i < end; i++)
        {
            var c = _state.Text[i];
            var dropped = (slot.Dedented && atLineStart && c == '\t')
                || (c == '\r' && i + 1 < end && _state.Text[i + 1] == '\n');
            if (!dropped)
            {
                text.Append(c);
                map.Add(_state.Origin(i));
                atLineStart = c == '\n';
            }
        }

        map.Add(_state.Origin(end));
        return (text.ToString(), [.. map]);
    }

    private void FailUnterminated(HereDocumentSlot slot) => _state.Fail(new ShellDiagnostic(
        "SH1012",
        $"The here-document is never ended by a line that reads “{slot.Delimiter}”.",
        "Write that line, without blanks before or behind it.",
        slot.OperatorSpan));
}
