using System.Collections.Immutable;

namespace Midwatch.Execution.Alerts;

/// <summary>
/// Finds the instant vector selectors of a PromQL expression: the series that it speaks of. A lexer is enough, since
/// a selector is a metric name and/or braces, and everything else in the grammar is told apart by what follows it.
/// </summary>
/// <remarks>https://prometheus.io/docs/prometheus/latest/querying/basics/, "Time series selectors".</remarks>
public static class PromQlSelectors
{
    private static readonly ImmutableHashSet<string> Words = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "and", "or", "unless", "by", "without", "on", "ignoring", "group_left", "group_right",
        "bool", "offset", "atan2",
        "start", "end", "inf", "nan");

    private static readonly ImmutableHashSet<string> Groupings = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "by", "without", "on", "ignoring", "group_left", "group_right");

    /// <summary>The selectors without range or offset, in order, each once.</summary>
    public static ImmutableArray<string> In(string expression)
    {
        var found = ImmutableArray.CreateBuilder<string>();
        var at = 0;
        while (at < expression.Length)
        {
            var character = expression[at];
            if (character is '"' or '\'' or '`')
            {
                at = AfterString(expression, at);
            }
            else if (character == '#')
            {
                at = Until(expression, at, '\n');
            }
            else if (character == '[')
            {
                at = Until(expression, at, ']');
            }
            else if (character == '{')
            {
                var end = AfterBraces(expression, at);
                found.Add(expression[at..end]);
                at = end;
            }
            else if (char.IsAsciiLetter(character) || character is '_' or ':')
            {
                at = Name(expression, at, found);
            }
            else if (char.IsAsciiDigit(character))
            {
                at = While(expression, at, static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
            }
            else
            {
                at++;
            }
        }

        return [.. found.Distinct()];
    }

    private static int Name(string text, int start, ImmutableArray<string>.Builder found)
    {
        var end = While(text, start, static c => char.IsAsciiLetterOrDigit(c) || c is '_' or ':');
        var name = text[start..end];
        var next = While(text, end, char.IsWhiteSpace);
        if (Groupings.Contains(name) && next < text.Length && text[next] == '(')
        {
            // The labels of a grouping are no metrics.
            return Until(text, next, ')');
        }

        if (Words.Contains(name) || (next < text.Length && text[next] == '('))
        {
            return end;
        }

        if (next < text.Length && text[next] == '{')
        {
            end = AfterBraces(text, next);
            found.Add(name + text[next..end]);
            return end;
        }

        // "sum by (job) (x)" and "sum (x) by (job)": an aggregation may be followed by its grouping, not by a
        // parenthesis.
        if (!FollowedByGrouping(text, next))
        {
            found.Add(name);
        }

        return end;
    }

    private static bool FollowedByGrouping(string text, int next)
    {
        var end = While(text, next, char.IsAsciiLetter);
        return end > next && text[next..end] is "by" or "without";
    }

    private static int AfterBraces(string text, int start)
    {
        var at = start + 1;
        while (at < text.Length && text[at] != '}')
        {
            at = text[at] is '"' or '\'' or '`' ? AfterString(text, at) : at + 1;
        }

        return Math.Min(at + 1, text.Length);
    }

    private static int AfterString(string text, int start)
    {
        var quote = text[start];
        var at = start + 1;
        while (at < text.Length && text[at] != quote)
        {
            at += text[at] == '\\' && quote != '`' ? 2 : 1;
        }

        return Math.Min(at + 1, text.Length);
    }

    private static int Until(string text, int start, char end)
    {
        var at = text.IndexOf(end, start);
        return at < 0 ? text.Length : at + 1;
    }

    private static int While(string text, int start, Func<char, bool> holds)
    {
        var at = start;
        while (at < text.Length && holds(text[at]))
        {
            at++;
        }

        return at;
    }
}
