namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>The fields of a line for <c>read</c>, one after another (POSIX 2.6.5).</summary>
internal sealed class LineFields
{
    private readonly List<(char Character, bool Protected)> _line;
    private readonly string _separators;
    private readonly int _end;
    private int _next;

    /// <param name="line">The characters; one behind a backslash is no separator.</param>
    /// <param name="separators">The value of <c>IFS</c>.</param>
    public LineFields(List<(char Character, bool Protected)> line, string separators)
    {
        _line = line;
        _separators = separators;
        _end = line.FindLastIndex(c => !IsBlank(c)) + 1;
        SkipBlanks();
    }

    /// <summary>Gets whether nothing is left.</summary>
    public bool AtEnd => _next >= _end;

    /// <summary>The next field, and what separates it from the one behind it is passed; empty at the end.</summary>
    public string Take()
    {
        var start = _next;
        while (!AtEnd && !IsSeparator(_line[_next]))
        {
            _next++;
        }

        var field = Text(start, _next);
        SkipBlanks();
        if (!AtEnd && IsSeparator(_line[_next]))
        {
            _next++;
            SkipBlanks();
        }

        return field;
    }

    /// <summary>All that is left; one field alone loses the separator behind it.</summary>
    public string Rest()
    {
        var start = _next;
        var field = Take();
        return AtEnd ? field : Text(start, _end);
    }

    private void SkipBlanks()
    {
        while (!AtEnd && IsBlank(_line[_next]))
        {
            _next++;
        }
    }

    private bool IsSeparator((char Character, bool Protected) c) =>
        !c.Protected && _separators.Contains(c.Character, StringComparison.Ordinal);

    private bool IsBlank((char Character, bool Protected) c) => IsSeparator(c) && c.Character is ' ' or '\t' or '\n';

    private string Text(int start, int end) => string.Create(
        end - start,
        (Line: _line, Start: start),
        static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = from.Line[from.Start + i].Character;
            }
        });
}
