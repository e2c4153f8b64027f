namespace Midwatch.Shell.Syntax;

/// <summary>Guesses where statements of the top level begin: behind an empty line, at the margin.</summary>
/// <remarks>A guess within a here-document, a quote or a function costs time and changes nothing.</remarks>
internal static class StretchStarts
{
    private const int Search = 4 * 1024;

    /// <summary>The places from which a text is read side by side; the first is its beginning.</summary>
    public static int[] Of(string text, ShellParserOptions options)
    {
        var stretches = Math.Min(options.ThreadsMax, text.Length / options.StretchMin);
        return stretches < 2 ? [0]
            : [0, .. Enumerable.Range(1, stretches - 1)
                .Select(i => After(text, (int)((long)text.Length * i / stretches)))
                .Where(start => start < text.Length)
                .Distinct()];
    }

    // An empty line tells best where something new begins; not every script has them.
    private static int After(string text, int near) =>
        Behind(text, "\n\n", near, Math.Min(text.Length, near + Search)) ?? Behind(text, "\n", near, text.Length)
        ?? text.Length;

    /// <summary>The first letter that stands behind these line breaks.</summary>
    private static int? Behind(string text, string breaks, int from, int end)
    {
        while (from < end && text.IndexOf(breaks, from, end - from, StringComparison.Ordinal) is >= 0 and var found)
        {
            from = found + breaks.Length;
            if (from < text.Length && char.IsAsciiLetter(text[from]) && !IsClosing(text.AsSpan(from)))
            {
                return from;
            }
        }

        return null;
    }

    private static bool IsClosing(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('a', 'z');
        return ReservedWords.IsClosing(text[..(length < 0 ? text.Length : length)].ToString());
    }
}
