using System.Buffers;
using System.Collections.Frozen;
using Midwatch.Runbooks.Data;

namespace Midwatch.Runbooks.Effects.Tools;

/// <summary>
/// A pattern of the data. Most are lists of words (<c>^(list|get)$</c>): those are looked up; the others become an
/// expression that cannot run away, when they are first asked.
/// </summary>
internal sealed class WordPattern
{
    private const string Open = "^(";
    private const string Close = ")$";
    private static readonly SearchValues<char> Meaning = SearchValues.Create(@"\.*+?[](){}^$");
    private readonly FrozenSet<string>? _words;
    private readonly DataPattern? _expression;

    public WordPattern(string text)
    {
        Text = text;
        var inside = text.StartsWith(Open, StringComparison.Ordinal) && text.EndsWith(Close, StringComparison.Ordinal)
            ? text[Open.Length..^Close.Length]
            : null;
        if (inside is not null && !inside.AsSpan().ContainsAny(Meaning))
        {
            _words = inside.Split('|').ToFrozenSet(StringComparer.Ordinal);
        }
        else
        {
            _expression = DataPattern.Exact(text);
        }
    }

    /// <summary>The pattern as it stands in the data.</summary>
    public string Text { get; }

    /// <summary>Whether a word fits.</summary>
    public bool IsMatch(string word) => _words?.Contains(word) ?? _expression!.IsMatch(word);
}
