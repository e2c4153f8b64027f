using System.Text;
using System.Text.RegularExpressions;

namespace SentinelTranslate.Triton.Models;

/// <summary>Translates by a table of phrases, the longest match first; what it does not know it lets stand.</summary>
/// <remarks>No language model: enough to see a text go through the pipeline and come out in another language.</remarks>
internal sealed partial class PhraseModel
{
    private readonly Dictionary<string, string> _phrases = new(StringComparer.Ordinal);
    private readonly int _wordsMax;

    /// <param name="table">A phrase in lower case, a tab, its translation, on each line.</param>
    /// <exception cref="FormatException">A line is no such pair.</exception>
    public PhraseModel(string table)
    {
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            _phrases[Phrase(line, 0)] = Phrase(line, 1);
            _wordsMax = Math.Max(_wordsMax, Phrase(line, 0).Split(' ').Length);
        }
    }

    /// <summary>Translates a text, keeping its punctuation and the capital of each sentence.</summary>
    public string Translate(string text)
    {
        var tokens = Token().Matches(text.Normalize()).Select(match => match.Value).ToArray();
        var output = new StringBuilder();
        for (var index = 0; index < tokens.Length;)
        {
            var (words, translation) = LongestAt(tokens, index);
            output.Append(LikeFirst(tokens[index], translation));
            index += words;
        }

        return output.ToString();
    }

    private (int Tokens, string Translation) LongestAt(string[] tokens, int start)
    {
        // Words and the blanks between them alternate, so a phrase of n words spans 2n - 1 tokens.
        for (var words = _wordsMax; words > 0; words--)
        {
            var span = (2 * words) - 1;
            if (start + span > tokens.Length)
            {
                continue;
            }

            var phrase = string.Concat(tokens[start..(start + span)]).ToLowerInvariant().Replace('\u2019', '\'');
            if (_phrases.TryGetValue(phrase, out var translation))
            {
                return (span, translation);
            }
        }

        return (1, tokens[start]);
    }

    private static string LikeFirst(string original, string translation) =>
        char.IsUpper(original[0]) && translation.Length > 0
            ? char.ToUpperInvariant(translation[0]) + translation[1..]
            : translation;

    private static string Phrase(string line, int column) => line.TrimEnd('\r').Split('\t') is { Length: 2 } pair
        ? pair[column]
        : throw new FormatException($"'{line}' is not a phrase and its translation, parted by a tab.");

    [GeneratedRegex(@"[\p{L}\p{Nd}'\u2019-]+|[^\p{L}\p{Nd}'\u2019-]")]
    private static partial Regex Token();
}
