using System.Diagnostics;
using System.Globalization;
using System.Text;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary>Cuts, replaces and rewrites the value of a parameter.</summary>
internal sealed class ParameterOperations(Expander expander)
{
    public async ValueTask<string> ApplyAsync(ParameterOperation operation, string value) => operation switch
    {
        ParameterOperation.Trim trim => Trim(trim, value, Pattern(await expander.ExpandPatternAsync(trim.Pattern))),
        ParameterOperation.Replace replace => await ReplaceAsync(replace, value),
        ParameterOperation.Slice slice => await SliceAsync(slice, value),
        ParameterOperation.ChangeCase change => await ChangeCaseAsync(change, value),
        ParameterOperation.Transform transform => Transform(transform, value),
        _ => throw new UnreachableException($"No operation on one value: {operation.GetType()}."),
    };

    private static ShellPattern Pattern(string text) => new(text, extended: false);

    private static string Trim(ParameterOperation.Trim trim, string value, ShellPattern pattern)
    {
        // From the shortest cut to the longest, or the other way round.
        for (var step = 0; step <= value.Length; step++)
        {
            var cut = trim.Longest ? value.Length - step : step;
            if (trim.FromEnd ? pattern.IsMatch(value.AsSpan(value.Length - cut))
                : pattern.IsMatch(value.AsSpan(0, cut)))
            {
                return trim.FromEnd ? value[..^cut] : value[cut..];
            }
        }

        return value;
    }

    private async ValueTask<string> ReplaceAsync(ParameterOperation.Replace replace, string value)
    {
        var text = await expander.ExpandPatternAsync(replace.Pattern);
        var replacement = await expander.ExpandTextAsync(replace.Replacement);
        if (text.Length == 0 && replace.Scope is ReplaceScope.First or ReplaceScope.All)
        {
            return value;
        }

        var pattern = Pattern(text);
        if (replace.Scope == ReplaceScope.End)
        {
            var start = Enumerable.Range(0, value.Length + 1).FirstOrDefault(i => pattern.IsMatch(value.AsSpan(i)), -1);
            return start < 0 ? value : value[..start] + replacement;
        }

        return ReplaceForward(value, pattern, replacement, replace.Scope);
    }

    private static string ReplaceForward(string value, ShellPattern pattern, string replacement, ReplaceScope scope)
    {
        if (value.Length == 0 || scope == ReplaceScope.Beginning)
        {
            var length = LongestMatch(value, pattern);
            return length < 0 ? value : replacement + value[length..];
        }

        var result = new StringBuilder();
        for (var i = 0; i < value.Length;)
        {
            var length = LongestMatch(value.AsSpan(i), pattern);
            if (length <= 0)
            {
                result.Append(value[i++]);
                continue;
            }

            result.Append(replacement);
            i += length;
            if (scope == ReplaceScope.First)
            {
                return result.Append(value.AsSpan(i)).ToString();
            }
        }

        return result.ToString();
    }

    private static int LongestMatch(ReadOnlySpan<char> text, ShellPattern pattern)
    {
        for (var length = text.Length; length >= 0; length--)
        {
            if (pattern.IsMatch(text[..length]))
            {
                return length;
            }
        }

        return -1;
    }

    private async ValueTask<string> SliceAsync(ParameterOperation.Slice slice, string value)
    {
        var offset = await expander.EvaluateAsync(slice.Offset);
        var start = offset < 0 ? value.Length + offset : offset;
        if (start < 0 || start > value.Length)
        {
            return string.Empty;
        }

        if (!slice.HasLength)
        {
            return value[(int)start..];
        }

        var length = await expander.EvaluateAsync(slice.Length);
        var end = length < 0 ? value.Length + length : Math.Min(value.Length, start + Math.Min(length, value.Length));
        if (end < start)
        {
            expander.Fail($"{length}: substring expression < 0");
            return string.Empty;
        }

        return value[(int)start..(int)end];
    }

    private async ValueTask<string> ChangeCaseAsync(ParameterOperation.ChangeCase change, string value)
    {
        var pattern = change.Pattern is null ? null : Pattern(await expander.ExpandPatternAsync(change.Pattern));
        var result = new StringBuilder(value);
        for (var i = 0; i < (change.All ? value.Length : Math.Min(1, value.Length)); i++)
        {
            if (pattern is null || pattern.IsMatch(value.AsSpan(i, 1)))
            {
                result[i] = change.Operator switch
                {
                    '^' => char.ToUpperInvariant(value[i]),
                    ',' => char.ToLowerInvariant(value[i]),
                    _ when char.IsUpper(value[i]) => char.ToLowerInvariant(value[i]),
                    _ => char.ToUpperInvariant(value[i]),
                };
            }
        }

        return result.ToString();
    }

    private string Transform(ParameterOperation.Transform transform, string value)
    {
        switch (transform.Operator)
        {
            case 'Q':
                return ShellQuote.Quote(value);
            case 'E':
                return AnsiEscapes.Decode(value);
            case 'U':
                return value.ToUpperInvariant();
            case 'L':
                return string.Concat(value.Select(char.ToLowerInvariant));
            case 'u':
                return value.Length == 0 ? value : char.ToUpper(value[0], CultureInfo.InvariantCulture) + value[1..];
            default:
                expander.Refuse(
                    "SH3001",
                    $"“@{transform.Operator}” is not supported by the interpreter.",
                    "Do it without.",
                    transform.Span);
                return string.Empty;
        }
    }
}
