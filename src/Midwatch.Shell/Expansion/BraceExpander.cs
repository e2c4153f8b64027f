using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Expands <c>{a,b}</c> and <c>{1..3}</c>, which bash does before anything else.</summary>
/// <param name="wordsMax">How many words one word may stand for.</param>
/// <param name="cancellation">Ends the work, which then throws.</param>
internal sealed class BraceExpander(int wordsMax, CancellationToken cancellation)
{
    // Parts that all the words of one word may have together: 32 MB of references.
    private const int PartsMax = 4 * 1024 * 1024;

    /// <summary>The words that one word stands for; null when there would be more than the limit.</summary>
    public IReadOnlyList<Word>? Expand(Word word)
    {
        if (!word.Parts.Any(
            part => part is WordPart.Literal literal && literal.Text.Contains('{', StringComparison.Ordinal)))
        {
            return [word];
        }

        var tokens = word.Parts.SelectMany(Tokens).ToImmutableArray();
        return Sequence(tokens)?.ConvertAll(parts => new Word(word.Span, Join(parts, word.Span)));
    }

    // Braces and commas one by one, what lies between them and everything else as it is: so a brace that opens in one
    // literal may close in another.
    private static IEnumerable<WordPart> Tokens(WordPart part)
    {
        if (part is not WordPart.Literal literal)
        {
            yield return part;
            yield break;
        }

        for (var start = 0; start < literal.Text.Length;)
        {
            var length = Math.Max(1, Plain(literal.Text.AsSpan(start)));
            yield return new WordPart.Literal(literal.Span, literal.Text.Substring(start, length));
            start += length;
        }
    }

    private static int Plain(ReadOnlySpan<char> text) =>
        text.IndexOfAny('{', '}', ',') is >= 0 and var special ? special : text.Length;

    private ImmutableArray<WordPart> Join(ImmutableArray<WordPart> parts, SourceSpan span)
    {
        cancellation.ThrowIfCancellationRequested();
        var list = ImmutableArray.CreateBuilder<WordPart>();
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (part is WordPart.Literal literal)
            {
                text.Append(literal.Text);
                continue;
            }

            Flush(text, list, span);
            list.Add(part);
        }

        Flush(text, list, span);
        return list.ToImmutable();
    }

    private static void Flush(StringBuilder text, ImmutableArray<WordPart>.Builder list, SourceSpan span)
    {
        if (text.Length > 0)
        {
            list.Add(new WordPart.Literal(span, text.ToString()));
            text.Clear();
        }
    }

    private List<ImmutableArray<WordPart>>? Sequence(ImmutableArray<WordPart> tokens)
    {
        for (var open = 0; open < tokens.Length; open++)
        {
            if (Char(tokens[open]) != '{' || Close(tokens, open) is not (> 0 and var close))
            {
                continue;
            }

            var choices = Choices(tokens[(open + 1)..close]);
            if (choices is null)
            {
                return null;
            }

            if (choices.Count == 0)
            {
                continue;
            }

            return Sequence(tokens[(close + 1)..]) is { } rests ? Combine(tokens[..open], choices, rests) : null;
        }

        return [tokens];
    }

    /// <summary>All ways to go on with one of the choices and one of the rests; null when they are too many.</summary>
    private List<ImmutableArray<WordPart>>? Combine(
        ImmutableArray<WordPart> before,
        List<ImmutableArray<WordPart>> choices,
        List<ImmutableArray<WordPart>> rests)
    {
        var words = (long)rests.Count * choices.Count;
        var parts = (words * before.Length) + (choices.Sum(choice => (long)choice.Length) * rests.Count)
            + (rests.Sum(rest => (long)rest.Length) * choices.Count);
        if (words > wordsMax || parts > PartsMax)
        {
            return null;
        }

        var all = new List<ImmutableArray<WordPart>>((int)words);
        foreach (var choice in choices)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var rest in rests)
            {
                all.Add([.. before, .. choice, .. rest]);
            }
        }

        return all;
    }

    private List<ImmutableArray<WordPart>>? Choices(ImmutableArray<WordPart> inside)
    {
        var commas = Commas(inside);
        if (commas.Count == 0)
        {
            return inside.All(token => token is WordPart.Literal)
                ? Range(string.Concat(inside.Select(token => ((WordPart.Literal)token).Text)), inside)
                : [];
        }

        var choices = new List<ImmutableArray<WordPart>>();
        var start = 0;
        foreach (var comma in commas.Append(inside.Length))
        {
            if (Sequence(inside[start..comma]) is not { } alternatives || choices.Count + alternatives.Count > wordsMax)
            {
                return null;
            }

            choices.AddRange(alternatives);
            start = comma + 1;
        }

        return choices;
    }

    private static char? Char(WordPart part) => part is WordPart.Literal { Text: [var c] } ? c : null;

    private static int Close(ImmutableArray<WordPart> tokens, int open)
    {
        var depth = 0;
        for (var i = open; i < tokens.Length; i++)
        {
            depth += Char(tokens[i]) switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static List<int> Commas(ImmutableArray<WordPart> tokens)
    {
        var commas = new List<int>();
        var depth = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            var c = Char(tokens[i]);
            depth += c switch { '{' => 1, '}' => -1, _ => 0 };
            if (c == ',' && depth == 0)
            {
                commas.Add(i);
            }
        }

        return commas;
    }

    private List<ImmutableArray<WordPart>>? Range(string text, ImmutableArray<WordPart> inside)
    {
        var ends = text.Split("..");
        if (ends.Length is not (2 or 3) || ends.Any(end => end.Length == 0))
        {
            return [];
        }

        var step = 1L;
        if (ends.Length == 3
            && !long.TryParse(ends[2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out step))
        {
            return [];
        }

        var letters = ends[0].Length == 1 && ends[1].Length == 1 && char.IsAsciiLetter(ends[0][0])
            && char.IsAsciiLetter(ends[1][0]);
        if (letters)
        {
            return Count(ends[0][0], ends[1][0], step, n => ((char)n).ToString(), inside);
        }

        if (!Number(ends[0], out var from) || !Number(ends[1], out var to))
        {
            return [];
        }

        // {01..10}: zero-padded to the longer one.
        var padded = ends.Take(2).Any(end => end.TrimStart('-', '+') is ['0', _, ..]);
        var width = padded ? ends.Take(2).Max(end => end.Length) : 0;
        return Count(from, to, step, n => Padded(n, width), inside);
    }

    private static bool Number(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && Math.Abs((decimal)value) < 1_000_000_000_000;

    private static string Padded(long value, int width)
    {
        var digits = Math.Abs(value).ToString(CultureInfo.InvariantCulture);
        return value < 0 ? "-" + digits.PadLeft(Math.Max(0, width - 1), '0') : digits.PadLeft(width, '0');
    }

    private List<ImmutableArray<WordPart>>? Count(
        long from, long to, long step, Func<long, string> text, ImmutableArray<WordPart> inside)
    {
        step = Math.Max(1, step == long.MinValue ? long.MaxValue : Math.Abs(step));
        if (Math.Abs(to - from) / step >= wordsMax)
        {
            return null;
        }

        var results = new List<ImmutableArray<WordPart>>();
        for (var n = from; from <= to ? n <= to : n >= to; n += from <= to ? step : -step)
        {
            cancellation.ThrowIfCancellationRequested();
            results.Add([new WordPart.Literal(inside[0].Span, text(n))]);
        }

        return results;
    }
}
