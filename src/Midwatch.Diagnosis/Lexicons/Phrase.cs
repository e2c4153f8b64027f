using System.Collections.Immutable;

namespace Midwatch.Diagnosis.Lexicons;

/// <summary>Words that belong together, in any order, with at most a few others between them.</summary>
internal sealed record Phrase(string Written, ImmutableArray<string> Stems)
{
    private const int WordsBetween = 2;

    public static Phrase Of(string words) => new(words, Lexicons.Stems.Of(words));

    /// <summary>Whether the text says it.</summary>
    public bool IsIn(ImmutableArray<string> text)
    {
        var window = Stems.Length == 1 ? 1 : Stems.Length + WordsBetween;
        for (var start = 0; start < text.Length; start++)
        {
            if (Stems.Contains(text[start], StringComparer.Ordinal)
                && Stems.All(text.AsSpan(start, Math.Min(window, text.Length - start)).ToArray().Contains))
            {
                return true;
            }
        }

        return false;
    }
}
