using System.Text;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Expansion;

/// <summary><c>${x/p/r}</c> in its four forms.</summary>
internal sealed class Replacer(Expander expander)
{
    public async ValueTask<string> ReplaceAsync(ParameterOperation.Replace replace, string value)
    {
        var text = await expander.ExpandPatternAsync(replace.Pattern);
        // bash 5.2 (patsub_replacement): an unquoted & in the replacement is what was matched.
        var replacement = await expander.ExpandReplacementAsync(replace.Replacement);
        if (text.Length == 0 && replace.Scope is ReplaceScope.First or ReplaceScope.All)
        {
            return value;
        }

        var pattern = expander.Compile(text, folds: expander.State.Options.IsOn("nocasematch"));
        var result = replace.Scope switch
        {
            ReplaceScope.End => AtEnd(value, pattern, replacement),
            ReplaceScope.Beginning => AtBeginning(value, pattern, replacement),
            _ => Forward(value, pattern, replacement, replace),
        };
        if (pattern.IsExhausted)
        {
            expander.RefuseWork(replace.Span);
        }

        return result;
    }

    private static string AtEnd(string value, ShellPattern pattern, Replacement replacement)
    {
        var length = pattern.LengthBeforeEnd(value, longest: true);
        return length < 0 ? value : value[..^length] + replacement.Of(value[^length..]);
    }

    private static string AtBeginning(string value, ShellPattern pattern, Replacement replacement)
    {
        var length = pattern.LengthAt(value, 0, longest: true);
        return length < 0 ? value : replacement.Of(value[..length]) + value[length..];
    }

    private string Forward(
        string value, ShellPattern pattern, Replacement replacement, ParameterOperation.Replace replace)
    {
        var first = replace.Scope == ReplaceScope.First;
        if (value.Length == 0)
        {
            return AtBeginning(value, pattern, replacement);
        }

        var result = new StringBuilder();
        var i = 0;
        while (i < value.Length)
        {
            expander.State.Cancellation.ThrowIfCancellationRequested();
            var start = pattern.Literal is { } literal ? value.IndexOf(literal, i, StringComparison.Ordinal) : i;
            var length = start < 0 ? -1 : pattern.Literal?.Length ?? pattern.LengthAt(value, i, longest: true);
            if (length < 0 && (start < 0 || pattern.StartsWithStar))
            {
                break;
            }

            if (length <= 0)
            {
                result.Append(value[i++]);
                continue;
            }

            result.Append(value, i, start - i).Append(replacement.Of(value.Substring(start, length)));
            i = start + length;
            if (first || pattern.IsExhausted || !expander.Fits(result.Length, replace.Span))
            {
                break;
            }
        }

        return result.Append(value, i, value.Length - i).ToString();
    }
}
