namespace Midwatch.Runbooks.Lint;

/// <summary>"Did you mean …": the nearest of known words.</summary>
public static class Nearest
{
    /// <summary>The nearest word; null when none is as near as <paramref name="limit"/> edits.</summary>
    public static string? To(string word, IEnumerable<string> known, int limit = 2)
    {
        // A third of a short word changed is another word.
        var most = Math.Min(limit, word.Trim('-').Length / 3);
        return known.Where(each => Math.Abs(each.Length - word.Length) <= most)
            .Select(each => (Word: each, Distance: Distance(word, each)))
            .Where(each => each.Distance > 0 && each.Distance <= most)
            .OrderBy(each => each.Distance).ThenBy(each => each.Word, StringComparer.Ordinal)
            .Select(each => each.Word)
            .FirstOrDefault();
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that make one word the other.</summary>
    internal static int Distance(string left, string right)
    {
        var width = right.Length + 1;
        var rows = new int[(left.Length + 1) * width];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[(i * width) + j] = i + j;
                    continue;
                }

                var same = left[i - 1] == right[j - 1] ? 0 : 1;
                var above = (i - 1) * width;
                var best = Math.Min(Math.Min(rows[above + j], rows[(i * width) + j - 1]) + 1,
                    rows[above + j - 1] + same);
                var swapped = i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
                rows[(i * width) + j] = swapped ? Math.Min(best, rows[above - width + j - 2] + 1) : best;
            }
        }

        return rows[^1];
    }
}
