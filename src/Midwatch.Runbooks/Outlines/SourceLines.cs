using System.Collections.Immutable;

namespace Midwatch.Runbooks.Outlines;

/// <summary>A document's text with its lines, numbered from 1.</summary>
internal sealed class SourceLines
{
    private readonly ImmutableArray<int> _starts;

    public SourceLines(string text)
    {
        Text = text;
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        _starts = starts.ToImmutable();
    }

    public string Text { get; }

    /// <summary>How many lines there are; one at least.</summary>
    public int Count => _starts.Length;

    /// <summary>A line without its end.</summary>
    public string this[int line] => Span(line).ToString();

    /// <summary>A line without its end, not copied: a document may be one line of millions of characters.</summary>
    public ReadOnlySpan<char> Span(int line)
    {
        var end = line < _starts.Length ? _starts[line] : Text.Length;
        return Text.AsSpan(_starts[line - 1]..end).TrimEnd("\n\r");
    }

    /// <summary>The line that an offset lies in.</summary>
    public int LineAt(int offset)
    {
        var found = _starts.BinarySearch(Math.Clamp(offset, 0, Text.Length));
        return found >= 0 ? found + 1 : ~found;
    }

    /// <summary>The column of an offset in its line, from 1.</summary>
    public int ColumnAt(int offset) => offset - _starts[LineAt(offset) - 1] + 1;

    /// <summary>Some characters, both ends included.</summary>
    public string Slice(int start, int end) =>
        start >= 0 && end < Text.Length && start <= end ? Text[start..(end + 1)] : "";

    /// <summary>Whole lines, both included.</summary>
    public string Join(int line, int endLine) =>
        string.Join('\n',
            Enumerable.Range(line, endLine - line + 1).Where(each => each <= Count).Select(each => this[each]));

    /// <summary>Whether whole lines, both included, hold nothing but spaces.</summary>
    public bool IsBlank(int line, int endLine) =>
        Text.AsSpan(_starts[line - 1]..(endLine < _starts.Length ? _starts[endLine] : Text.Length)).IsWhiteSpace();

    /// <summary>Prose between two offsets, without indentation and quote marks.</summary>
    public string Prose(int start, int end)
    {
        var text = Slice(start, end);
        return text.Contains('\n', StringComparison.Ordinal)
            ? string.Join('\n', text.Split('\n')
                .Select((line, index) => index == 0 ? line.Trim() : line.TrimStart(' ', '\t', '>').TrimEnd()))
            : text.Trim();
    }
}
