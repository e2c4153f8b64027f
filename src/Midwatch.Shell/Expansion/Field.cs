using System.Text;

namespace Midwatch.Shell.Expansion;

/// <summary>A word on its way to becoming an argument: for each character it is known whether it was quoted.</summary>
internal sealed class Field
{
    private const char Quoted = 'q';
    private const char Plain = 'p';

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _marks = new();
    private bool _wild;
    private bool _opens;
    private bool _closes;

    /// <summary>Gets whether an unquoted character may make this a glob.</summary>
    public bool MayBeGlob => _wild || (_opens && _closes);

    /// <summary>Gets whether a group of an extended glob may be in it.</summary>
    public bool MayBeExtended { get; private set; }

    /// <summary>Gets the text with quotes removed.</summary>
    public string Text => _text.ToString();

    /// <summary>Gets the text as a pattern, in which quoted characters stand for themselves.</summary>
    public string Pattern => Escaped("*?[]\\-!^()|+@");

    /// <summary>
    /// Gets the text as an extended regular expression, in which quoted characters stand for themselves.
    /// </summary>
    public string RegularExpression => Escaped("*?[]\\-!^()|+.{}$");

    /// <summary>Gets the text as what a match is replaced by: an unquoted <c>&amp;</c> stands for the match.</summary>
    public Replacement Replacement()
    {
        var text = Text;
        return new Replacement(text, [.. text.Select((c, i) => c == '&' && _marks[i] == Plain)]);
    }

    public void Append(ReadOnlySpan<char> text, bool quoted)
    {
        _text.Append(text);
        _marks.Append(quoted ? Quoted : Plain, text.Length);
        _wild |= !quoted && text.ContainsAny('*', '?');
        _closes |= !quoted && (_opens || text.Contains('[')) && text.Contains(']');
        _opens |= !quoted && text.Contains('[');
        MayBeExtended |= !quoted && text.Contains('(');
    }

    private string Escaped(string special)
    {
        var result = new StringBuilder();
        for (var i = 0; i < _text.Length; i++)
        {
            if (_marks[i] == Quoted && special.Contains(_text[i], StringComparison.Ordinal))
            {
                result.Append('\\');
            }

            result.Append(_text[i]);
        }

        return result.ToString();
    }
}
