using System.Collections.Immutable;

namespace Midwatch.Runbooks.Lint;

/// <summary>The words by which a sentence is known to be about something; data: <c>word-signs.txt</c>.</summary>
/// <param name="about">The name of the row.</param>
internal sealed class WordSign(string about)
{
    // Where the scripts that write without blanks begin (CJK radicals).
    private const char WithoutBlanks = '\u2e80';

    private readonly ImmutableArray<string> _beginnings =
        [.. LintData.Rows("word-signs.txt").Single(row => row[0] == about).Skip(1)];

    /// <summary>Whether a text holds a word that begins so.</summary>
    public bool IsIn(string text) => _beginnings.Any(beginning => IsIn(text, beginning));

    private static bool IsIn(string text, string beginning)
    {
        for (var from = 0;
            text.IndexOf(beginning, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var at;
            from = at + 1)
        {
            if (at == 0 || beginning[0] >= WithoutBlanks || !IsOfWord(text[at - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';
}
