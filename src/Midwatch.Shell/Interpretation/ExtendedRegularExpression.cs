using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Midwatch.Shell.Expansion;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// The right side of <c>=~</c>. The time is linear in the text, whatever the pattern; of several alternatives the first
/// that matches is taken, where POSIX asks for the longest.
/// </summary>
internal sealed class ExtendedRegularExpression
{
    // The time is linear in the pattern too: one of many repetitions on a long text takes hours.
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(5);

    // So few are matched where the script runs, whatever the pattern.
    private const int CharactersUncancelled = 1024;

    private readonly Regex? _regex;

    /// <param name="pattern">With a backslash before what was quoted.</param>
    /// <param name="folds">Whether capitals and small letters are the same.</param>
    public ExtendedRegularExpression(string pattern, bool folds)
    {
        try
        {
            _regex = new Regex(
                Translate(pattern),
                RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
                    | (folds ? RegexOptions.IgnoreCase : RegexOptions.None),
                TimeMax);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            _regex = null;
        }
    }

    public bool IsInvalid => _regex is null;

    /// <summary>Gets whether a match took too long: what it gave is no answer then.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>The whole match and its groups; empty when there is none.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the match ends by itself, unseen.</exception>
    public async ValueTask<ImmutableSortedDictionary<long, string>> MatchAsync(
        string text, CancellationToken cancellationToken)
    {
        try
        {
            return text.Length <= CharactersUncancelled
                ? Match(text)
                : await Task.Run(() => Match(text), CancellationToken.None).WaitAsync(cancellationToken);
        }
        catch (RegexMatchTimeoutException)
        {
            IsExhausted = true;
            return ShellArrays.Empty;
        }
    }

    private ImmutableSortedDictionary<long, string> Match(string text)
    {
        var match = _regex?.Match(text);
        return match is not { Success: true }
            ? ShellArrays.Empty
            : match.Groups.Values.Select((group, i) => KeyValuePair.Create((long)i, group.Value))
                .ToImmutableSortedDictionary();
    }

    private static string Translate(string pattern)
    {
        var result = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                result.Append(Regex.Escape(pattern[++i].ToString()));
            }
            else if (pattern[i] == '[')
            {
                i = Bracket(pattern, i, result);
            }
            else if (pattern[i] == '$')
            {
                // Only the very end, not before a line break.
                result.Append("\\z");
            }
            else if (pattern[i] == '.')
            {
                result.Append("[\\s\\S]");
            }
            else if (pattern[i] == '(')
            {
                result.Append(i + 1 < pattern.Length && pattern[i + 1] == '?' ? "(\\" : "(");
            }
            else if (pattern[i] == '{')
            {
                i = Interval(pattern, i, result);
            }
            else
            {
                result.Append(pattern[i]);
            }
        }

        return result.ToString();
    }

    // A brace is a number of times or, in the C library, a mistake.
    private static int Interval(string pattern, int start, StringBuilder result)
    {
        var end = pattern.IndexOf('}', start);
        var bounds = end < 0 ? [] : pattern[(start + 1)..end].Split(',');
        var numbers = bounds.Where(bound => bound.Length > 0).ToArray();
        var repeats = start > 0 && pattern[start - 1] is not ('(' or '|' or '^');
        if (!repeats || bounds.Length is 0 or > 2 || numbers.Length == 0
            || !numbers.All(number => number.Length <= 4 && number.All(char.IsAsciiDigit)))
        {
            throw new ArgumentException($"{pattern}: a brace without a number of times.", nameof(pattern));
        }

        result.Append('{').Append(bounds[0].Length == 0 ? "0" : bounds[0])
            .Append(bounds.Length == 2 ? "," + bounds[1] : string.Empty).Append('}');
        return end;
    }

    /// <summary>Copies a bracket expression, in which a backslash is plain text and classes have names.</summary>
    private static int Bracket(string pattern, int start, StringBuilder result)
    {
        var i = start + 1;
        result.Append('[');
        if (i < pattern.Length && pattern[i] == '^')
        {
            result.Append('^');
            i++;
        }

        for (var first = true; i < pattern.Length && (first || pattern[i] != ']'); first = false)
        {
            var end = pattern[i] == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':'
                ? pattern.IndexOf(":]", i + 2, StringComparison.Ordinal)
                : -1;
            if (end > 0)
            {
                result.Append(Class(pattern[(i + 2)..end]));
                i = end + 2;
            }
            else if (pattern[i] == '\\' && i + 1 < pattern.Length)
            {
                result.Append('\\').Append(pattern[i + 1]);
                i += 2;
            }
            else
            {
                result.Append(pattern[i] is '[' or ']' ? "\\" : string.Empty).Append(pattern[i]);
                i++;
            }
        }

        result.Append(']');
        return i;
    }

    private static string Class(string name) => name switch
    {
        "alpha" => "a-zA-Z",
        "digit" => "0-9",
        "alnum" => "a-zA-Z0-9",
        "upper" => "A-Z",
        "lower" => "a-z",
        "space" => " \\t-\\r",
        "blank" => " \\t",
        "xdigit" => "0-9a-fA-F",
        "punct" => "!-/:-@\\[-`{-~",
        _ => string.Empty,
    };
}
