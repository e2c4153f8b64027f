using System.Text;

namespace Midwatch.Shell.Expansion;

/// <summary>Counts characters as people do: one beyond the first 65,536 takes two places in a text of .NET.</summary>
internal readonly struct CharacterIndex
{
    private readonly List<int>? _places;
    private readonly int _length;

    public CharacterIndex(string text)
    {
        _length = text.Length;
        if (!text.Any(char.IsSurrogate))
        {
            return;
        }

        _places = [];
        for (var i = 0; i < text.Length;)
        {
            _places.Add(i);
            i += Rune.TryGetRuneAt(text, i, out var rune) ? rune.Utf16SequenceLength : 1;
        }
    }

    public int Count => _places?.Count ?? _length;

    /// <summary>Where a character begins; the end of the text for the one behind the last.</summary>
    public int Place(int character) => _places is null ? character
        : character < _places.Count ? _places[character]
        : _length;
}
