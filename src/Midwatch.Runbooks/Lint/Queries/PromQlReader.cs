using System.Collections.Immutable;

namespace Midwatch.Runbooks.Lint.Queries;

/// <summary>Cuts PromQL into tokens. It judges nothing: whether an expression is right, Prometheus says.</summary>
internal static class PromQlReader
{
    private static readonly string[] Pairs = ["==", "!=", ">=", "<=", "=~", "!~"];

    /// <summary>The tokens, comments left out.</summary>
    public static ImmutableArray<PromQlToken> Read(string text)
    {
        var tokens = ImmutableArray.CreateBuilder<PromQlToken>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '#')
            {
                i = text.IndexOf('\n', i) is > 0 and var end ? end : text.Length;
            }
            else if (IsNameStart(c))
            {
                i = End(text, i, static each => IsNameStart(each) || char.IsAsciiDigit(each));
                tokens.Add(new PromQlToken(PromQlKind.Name, text[start..i], start));
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1])))
            {
                i = End(text, i, static each => char.IsAsciiLetterOrDigit(each) || each == '.');
                tokens.Add(new PromQlToken(PromQlKind.Number, text[start..i], start));
            }
            else if (c is '"' or '\'' or '`')
            {
                i = Quoted(text, i);
                tokens.Add(new PromQlToken(PromQlKind.Text, text[start..i], start));
            }
            else
            {
                i += i + 1 < text.Length && Pairs.Contains(text.Substring(i, 2)) ? 2 : 1;
                tokens.Add(new PromQlToken(PromQlKind.Sign, text[start..i], start));
            }
        }

        return tokens.ToImmutable();
    }

    private static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c is '_' or ':';

    private static int End(string text, int from, Func<char, bool> goesOn)
    {
        var end = from;
        while (end < text.Length && goesOn(text[end]))
        {
            end++;
        }

        return end;
    }

    private static int Quoted(string text, int from)
    {
        var end = from + 1;
        while (end < text.Length && text[end] != text[from])
        {
            end += text[end] == '\\' && text[from] != '`' ? 2 : 1;
        }

        return Math.Min(end + 1, text.Length);
    }
}
