using System.Collections.Immutable;
using System.Globalization;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Expands <c>{a,b}</c> and <c>{1..3}</c>, which bash does before anything else.</summary>
internal static class BraceExpander
{
    /// <summary>The words that one word stands for; null when there would be more than the limit.</summary>
    public static IReadOnlyList<Word>? Expand(Word word, int wordsMax)
    {
        if (!word.Parts.Any(
            part => part is WordPart.Literal literal && literal.Text.Contains('{', StringComparison.Ordinal)))
        {
            return [word];
        }

        var tokens = Tokens(word).ToImmutableArray();
        var results = Sequence(tokens, wordsMax);
        return results?.ConvertAll(parts => new Word(word.Span, Join(parts, word.Span)));
    }

    // Unquoted characters one by one, everything else as it is: so a brace that opens in one literal may close in
    // another.
    private static IEnumerable<WordPart> Tokens(Word word) =>
        word.Parts.SelectMany(part => part is WordPart.Literal literal
        ? literal.Text.Select(c => (WordPart)new WordPart.Literal(literal.Span, c.ToString()))
        : [part]);

    private static ImmutableArray<WordPart> Join(ImmutableArray<WordPart> parts, SourceSpan span)
    {
        var list = ImmutableArray.CreateBuilder<WordPart>();
        foreach (var part in parts)
        {
            if (part is WordPart.Literal next && list.Count > 0 && list[^1] is WordPart.Literal last)
            {
                list[^1] = new WordPart.Literal(span, last.Text + next.Text);
            }
            else
            {
                list.Add(part);
            }
        }

        return list.ToImmutable();
    }

    private static List<ImmutableArray<WordPart>>? Sequence(ImmutableArray<WordPart> tokens, int max)
    {
        for (var open = 0; open < tokens.Length; open++)
        {
            if (Char(tokens[open]) != '{' || Close(tokens, open) is not (> 0 and var close))
            {
                continue;
            }

            var inside = tokens[(open + 1)..close];
            var choices = Choices(inside, max);
            if (choices is null)
            {
                return null;
            }

            if (choices.Count == 0)
            {
                continue;
            }

            var rests = Sequence(tokens[(close + 1)..], max);
            if (rests is null || (long)rests.Count * choices.Count > max)
            {
                return null;
            }

            var before = tokens[..open];
            return [.. choices.SelectMany(
                choice => rests.Select(rest => (ImmutableArray<WordPart>)[.. before, .. choice, .. rest]))];
        }

        return [tokens];
    }

    private static List<ImmutableArray<WordPart>>? Choices(ImmutableArray<WordPart> inside, int max)
    {
        var commas = Commas(inside);
        if (commas.Count == 0)
        {
            return inside.All(token => Char(token) is not null)
                ? Range(string.Concat(inside.Select(Char)), inside, max)
                : [];
        }

        var choices = new List<ImmutableArray<WordPart>>();
        var start = 0;
        foreach (var comma in commas.Append(inside.Length))
        {
            if (Sequence(inside[start..comma], max) is not { } alternatives || choices.Count + alternatives.Count > max)
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

    private static List<ImmutableArray<WordPart>>? Range(string text, ImmutableArray<WordPart> inside, int max)
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
            return Count(ends[0][0], ends[1][0], step, max, n => ((char)n).ToString(), inside);
        }

        if (!Number(ends[0], out var from) || !Number(ends[1], out var to))
        {
            return [];
        }

        // {01..10}: zero-padded to the longer one.
        var padded = ends.Take(2).Any(end => end.TrimStart('-', '+') is ['0', _, ..]);
        var width = padded ? ends.Take(2).Max(end => end.Length) : 0;
        return Count(from, to, step, max, n => Padded(n, width), inside);
    }

    private static bool Number(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
        && Math.Abs((decimal)value) < 1_000_000_000_000;

    private static string Padded(long value, int width)
    {
        var digits = Math.Abs(value).ToString(CultureInfo.InvariantCulture);
        return value < 0 ? "-" + digits.PadLeft(Math.Max(0, width - 1), '0') : digits.PadLeft(width, '0');
    }

    private static List<ImmutableArray<WordPart>>? Count(
        long from,
        long to,
        long step,
        int max,
        Func<long, string> text,
        ImmutableArray<WordPart> inside)
    {
        step = Math.Max(1, step == long.MinValue ? long.MaxValue : Math.Abs(step));
        if (Math.Abs(to - from) / step >= max)
        {
            return null;
        }

        var results = new List<ImmutableArray<WordPart>>();
        for (var n = from; from <= to ? n <= to : n >= to; n += from <= to ? step : -step)
        {
            results.Add([new WordPart.Literal(inside[0].Span, text(n))]);
        }

        return results;
    }
}
