using System.Collections.Immutable;
using System.Globalization;

namespace Midwatch.LocalCluster.Controllers.Jobs;

/// <summary>Completion indexes as a Job's status writes them: "0-2,5".</summary>
internal static class IndexSet
{
    public static ImmutableSortedSet<int> Parse(string? text)
    {
        var indexes = ImmutableSortedSet.CreateBuilder<int>();
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = part.Split('-');
            if (Number(ends[0]) is { } first && Number(ends[^1]) is { } last)
            {
                indexes.UnionWith(Enumerable.Range(first, Math.Max(0, last - first + 1)));
            }
        }

        return indexes.ToImmutable();
    }

    /// <summary>Runs of three and more are written as a range: "0,1" but "0-2".</summary>
    public static string Format(ImmutableSortedSet<int> indexes)
    {
        var parts = new List<string>();
        for (var at = 0; at < indexes.Count;)
        {
            var end = at;
            while (end + 1 < indexes.Count && indexes[end + 1] == indexes[end] + 1)
            {
                end++;
            }

            parts.Add((end - at) switch
            {
                0 => Text(indexes[at]),
                1 => Text(indexes[at]) + "," + Text(indexes[end]),
                _ => Text(indexes[at]) + "-" + Text(indexes[end]),
            });
            at = end + 1;
        }

        return string.Join(',', parts);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
