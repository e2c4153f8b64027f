using System.Text.RegularExpressions;

namespace Midwatch.LocalCluster.Tests.Transcripts;

/// <summary>
/// Compares what a program printed with what it printed when it was recorded: cells rather than columns, volatile parts
/// by kind, and rows whose order is by random names in any order.
/// </summary>
internal static partial class OutputComparison
{
    /// <summary>The first thing that differs, for people; null when nothing does.</summary>
    /// <param name="isTable">Rows may come in another order.</param>
    public static string? Difference(string recorded, string present, Tokens tokens, bool isTable)
    {
        var expected = Lines(recorded);
        var actual = Lines(present);
        var fresh = new List<string>();
        if (InOrder(expected, actual, tokens, fresh) is not { } difference)
        {
            return null;
        }

        if (isTable && expected.Count == actual.Count)
        {
            fresh.ForEach(token => tokens.Forget(token));
            var budget = 20_000;
            if (InAnyOrder(expected, [.. actual], 0, tokens, ref budget))
            {
                return null;
            }

            // What matches is still worth knowing: later commands name these objects.
            _ = InOrder(expected, actual, tokens, fresh);
        }

        return difference;
    }

    private static string? InOrder(List<string> expected, List<string> actual, Tokens tokens, List<string> fresh)
    {
        string? first = null;
        for (var line = 0; line < Math.Max(expected.Count, actual.Count); line++)
        {
            var left = line < expected.Count ? expected[line] : null;
            var right = line < actual.Count ? actual[line] : null;
            if (left is null || right is null || !tokens.Match(left, right, fresh))
            {
                first ??= $"line {line + 1}\n  - {left ?? "(nothing)"}\n  + {right ?? "(nothing)"}";
            }
        }

        return first;
    }

    private static bool InAnyOrder(
        List<string> expected, List<string> left, int line, Tokens tokens, ref int budget)
    {
        if (line == expected.Count)
        {
            return true;
        }

        for (var at = 0; at < left.Count && budget-- > 0; at++)
        {
            var fresh = new List<string>();
            var candidate = left[at];
            if (!tokens.Match(expected[line], candidate, fresh))
            {
                continue;
            }

            left.RemoveAt(at);
            if (InAnyOrder(expected, left, line + 1, tokens, ref budget))
            {
                return true;
            }

            left.Insert(at, candidate);
            fresh.ForEach(token => tokens.Forget(token));
        }

        return false;
    }

    private static List<string> Lines(string text) =>
        [.. text.TrimEnd('\n').Split('\n').Select(Cells)];

    private static string Cells(string line)
    {
        line = Repeated().Replace(line.TrimEnd(), "");
        var indent = line.Length - line.TrimStart(' ').Length;
        return new string(' ', Math.Min(indent, 10)) + Gap().Replace(line.TrimStart(' '), "  ");
    }

    // How often an event was repeated depends on when one looks.
    [GeneratedRegex(@" \(x(?:\d+|<n>) over [^)]*\)")]
    private static partial Regex Repeated();

    [GeneratedRegex("[ \t]{2,}")]
    private static partial Regex Gap();
}
