using System.Collections.Frozen;

namespace Midwatch.Shell.Syntax;

/// <summary>The words by which a marked text is known to stand for a value.</summary>
internal static class PlaceholderNouns
{
    private static readonly FrozenSet<string> Nouns = Load();

    private static readonly FrozenSet<string> Determiners =
        FrozenSet.Create(
            StringComparer.OrdinalIgnoreCase, "your", "my", "some", "the", "target", "source", "old", "new", "current");

    private static readonly char[] Separators = ['-', '_', ' ', '.'];

    /// <summary>One noun, or several words of which the last is a noun or the first says whose it is.</summary>
    public static bool Names(string text)
    {
        var words = Split(text);
        return words.Length > 0 && (Nouns.Contains(words[^1]) || (words.Length > 1 && Determiners.Contains(words[0])));
    }

    /// <summary>Whether the word alone tells what the value is.</summary>
    public static bool IsNoun(string word) => Nouns.Contains(word);

    /// <summary>Two words or more, such as no tag or code would be.</summary>
    public static bool IsPhrase(string text)
    {
        var words = Split(text);
        return words.Length > 1 && words.All(word => word.Length > 0 && word.All(char.IsLetterOrDigit))
            && words[0].Length > 1;
    }

    public static string[] Split(string text) =>
        text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static FrozenSet<string> Load()
    {
        using var stream = typeof(PlaceholderNouns).Assembly.GetManifestResourceStream("placeholder-nouns.txt")
            ?? throw new InvalidOperationException("The list of placeholder nouns is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd()
            .Split('\n')
            .Where(line => !line.StartsWith('#'))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
