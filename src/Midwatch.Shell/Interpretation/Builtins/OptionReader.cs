using System.Collections.Immutable;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>Reads the options of a builtin: letters, some with a value, which may be the next argument.</summary>
/// <param name="arguments">The builtin's name first.</param>
/// <param name="withValue">Letters that take a value.</param>
/// <param name="alone">Letters that take none.</param>
internal sealed class OptionReader(ImmutableArray<string> arguments, string withValue, string alone)
{
    private int _index = 1;
    private int _offset = 1;

    /// <summary>Gets whether a letter was met that the builtin does not have, or a value is missing.</summary>
    public bool IsWrong { get; private set; }

    /// <summary>Gets what follows the options.</summary>
    public ImmutableArray<string> Rest => arguments[Math.Min(_index, arguments.Length)..];

    /// <summary>The next option; null when there is none.</summary>
    public (char Letter, string Value)? Next()
    {
        if (_index >= arguments.Length || arguments[_index] is not ['-', _, ..] || IsWrong)
        {
            return null;
        }

        var word = arguments[_index];
        if (word == "--")
        {
            _index++;
            return null;
        }

        var letter = word[_offset++];
        if (alone.Contains(letter, StringComparison.Ordinal))
        {
            if (_offset == word.Length)
            {
                (_index, _offset) = (_index + 1, 1);
            }

            return (letter, string.Empty);
        }

        var attached = word[_offset..];
        var value = attached.Length > 0 ? attached : arguments.ElementAtOrDefault(_index + 1);
        IsWrong = !withValue.Contains(letter, StringComparison.Ordinal) || value is null;
        (_index, _offset) = (_index + (attached.Length > 0 ? 1 : 2), 1);
        return IsWrong ? null : (letter, value!);
    }
}
