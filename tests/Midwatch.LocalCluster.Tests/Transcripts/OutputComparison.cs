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
    /// <param name="command">As recorded: what it names is known for sure.</param>
    public static string? Difference(
        string recorded, string present, Tokens tokens, bool isTable, string command = "")
    {
        var expected = Lines(recorded);
        var actual = Lines(present);
        if (command.Contains(" --list", StringComparison.Ordinal))
        {
            // Annotations come in any order, and one of them ends with a line break.
            _ = expected.RemoveAll(line => line.Length == 0);
            _ = actual.RemoveAll(line => line.Length == 0);
        }

        var fresh = new List<string>();
        if (InOrder(expected, actual, tokens, fresh) is not { } difference)
        {
            return null;
        }

        if (isTable)
        {
            fresh.ForEach(token => tokens.Forget(token));
            var budget = 100_000;
            if (expected.Count == actual.Count && InAnyOrder(expected, actual, tokens, ref budget))
            {
                return null;
            }

            if (expected.Count == actual.Count && Rebound(recorded, expected, actual, tokens, command))
            {
                return null;
            }

            difference = Lonely(expected, actual, tokens) ?? difference;

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

    // The line with the fewest partners first: what they stand for then settles the others.
    private static bool InAnyOrder(List<string> expected, List<string> left, Tokens tokens, ref int budget)
    {
        if (expected.Count == 0)
        {
            return true;
        }

        var line = "";
        List<string>? partners = null;
        foreach (var one in expected)
        {
            budget -= left.Count;
            var found = left.Distinct().Where(candidate => Matches(one, candidate, tokens)).ToList();
            if (partners is null || found.Count < partners.Count)
            {
                (line, partners) = (one, found);
            }

            if (found.Count <= 1)
            {
                break;
            }
        }

        foreach (var partner in partners ?? [])
        {
            var fresh = new List<string>();
            if (budget <= 0 || !tokens.Match(line, partner, fresh))
            {
                return false;
            }

            if (InAnyOrder(Without(expected, line), Without(left, partner), tokens, ref budget))
            {
                return true;
            }

            fresh.ForEach(token => tokens.Forget(token));
        }

        return false;
    }

    // Which of equal pods is taken, is chance: the random ends of their names may stand for each other's, as long as
    // no command named one of them.
    private static bool Rebound(
        string recorded, List<string> expected, List<string> actual, Tokens tokens, string command)
    {
        var known = tokens.Snapshot();
        var free = Tokens.Numbered(recorded, "id").Except(Tokens.Numbered(command, "id")).ToHashSet();
        foreach (var token in free)
        {
            _ = tokens.Forget(token);
        }

        var budget = 100_000;
        if (InAnyOrder(expected, actual, tokens, ref budget))
        {
            return true;
        }

        tokens.Restore(known);
        return false;
    }

    private static bool Matches(string recorded, string present, Tokens tokens)
    {
        var fresh = new List<string>();
        var matches = tokens.Match(recorded, present, fresh);
        fresh.ForEach(token => tokens.Forget(token));
        return matches;
    }

    private static List<string> Without(List<string> lines, string line)
    {
        var rest = new List<string>(lines);
        _ = rest.Remove(line);
        return rest;
    }

    // What has no partner at all says more than the first line that is in another place.
    private static string? Lonely(List<string> expected, List<string> actual, Tokens tokens)
    {
        var missing = expected.Find(one => !actual.Exists(other => Matches(one, other, tokens)));
        var extra = actual.Find(other => !expected.Exists(one => Matches(one, other, tokens)));
        return missing is null && extra is null ? null : $"lines\n  - {missing ?? "(none)"}\n  + {extra ?? "(none)"}";
    }

    private static List<string> Lines(string text) =>
        [.. text.TrimEnd('\n').Split('\n').Select(Cells).Select(Grounds)];

    // kubectl goes through a Go map to tell what is in the way of a drain: the order is chance.
    private static string Grounds(string line) => Bracketed().Replace(line, found =>
        "[" + string.Join(", ", Ground().Split(found.Groups[1].Value).Order(StringComparer.Ordinal)) + "]");

    private static string Cells(string line)
    {
        line = Repeated().Replace(line.TrimEnd(), "");
        var indent = line.Length - line.TrimStart(' ').Length;
        return new string(' ', Math.Min(indent, 10)) + Gap().Replace(line.TrimStart(' '), "  ");
    }

    // How often an event was repeated depends on when one looks.
    [GeneratedRegex(@" \(x(?:\d+|<n>) over [^)]*\)")]
    private static partial Regex Repeated();

    [GeneratedRegex(", (?=cannot delete|error when evicting)")]
    private static partial Regex Ground();

    [GeneratedRegex(@"(?<=unable to drain node .*|an error occurred: )\[((?:cannot|error)[^\]]*)\]")]
    private static partial Regex Bracketed();

    [GeneratedRegex("[ \t]{2,}")]
    private static partial Regex Gap();
}
