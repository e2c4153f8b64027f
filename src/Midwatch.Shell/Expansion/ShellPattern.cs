namespace Midwatch.Shell.Expansion;

/// <summary>
/// Matches bash's patterns: <c>* ? […]</c>, a backslash before what stands for itself, and extended globs.
/// </summary>
internal sealed class ShellPattern(string pattern, bool extended)
{
    // Nested stars over a long text grow without bound otherwise.
    private const int StepsMax = 5_000_000;

    private int _steps;

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        _steps = 0;
        return Match(pattern, text);
    }

    private bool Match(ReadOnlySpan<char> p, ReadOnlySpan<char> t)
    {
        while (!p.IsEmpty)
        {
            if (++_steps > StepsMax)
            {
                return false;
            }

            if (extended && p.Length > 1 && p[1] == '(' && p[0] is '?' or '*' or '+' or '@' or '!'
                && GroupEnd(p) is > 0 and var end)
            {
                return MatchGroup(p[0], p[2..end], p[(end + 1)..], t);
            }

            switch (p[0])
            {
                case '*':
                    return MatchStar(p, t);
                case '?' when t.IsEmpty:
                    return false;
                case '?':
                    p = p[1..];
                    break;
                case '[' when MatchBracket(p, t.IsEmpty ? null : t[0], out var matched) is > 0 and var length:
                    if (t.IsEmpty || !matched)
                    {
                        return false;
                    }

                    p = p[length..];
                    break;
                default:
                    p = p[0] == '\\' && p.Length > 1 ? p[1..] : p;
                    if (t.IsEmpty || t[0] != p[0])
                    {
                        return false;
                    }

                    p = p[1..];
                    break;
            }

            t = t[1..];
        }

        return t.IsEmpty;
    }

    private bool MatchStar(ReadOnlySpan<char> p, ReadOnlySpan<char> t)
    {
        while (!p.IsEmpty && p[0] == '*' && !(extended && p.Length > 1 && p[1] == '('))
        {
            p = p[1..];
        }

        if (p.IsEmpty)
        {
            return true;
        }

        for (var i = 0; i <= t.Length; i++)
        {
            if (Match(p, t[i..]))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchGroup(char kind, ReadOnlySpan<char> inside, ReadOnlySpan<char> rest, ReadOnlySpan<char> t)
    {
        if (kind is '?' or '*' && Match(rest, t))
        {
            return true;
        }

        for (var length = 0; length <= t.Length; length++)
        {
            var any = MatchAny(inside, t[..length]);
            var here = kind == '!' ? !any : any;
            if (here && Match(rest, t[length..]))
            {
                return true;
            }

            if (any && length > 0 && kind is '*' or '+' && MatchGroup('*', inside, rest, t[length..]))
            {
                return true;
            }
        }

        return false;
    }

    private bool MatchAny(ReadOnlySpan<char> alternatives, ReadOnlySpan<char> t)
    {
        var start = 0;
        var depth = 0;
        for (var i = 0; i <= alternatives.Length; i++)
        {
            var c = i < alternatives.Length ? alternatives[i] : '|';
            if (c == '\\')
            {
                i++;
            }
            else if (c == '|' && depth == 0)
            {
                if (Match(alternatives[start..Math.Min(i, alternatives.Length)], t))
                {
                    return true;
                }

                start = i + 1;
            }

            depth += c switch { '(' => 1, ')' => -1, _ => 0 };
        }

        return false;
    }

    private static int GroupEnd(ReadOnlySpan<char> p)
    {
        var depth = 0;
        for (var i = 1; i < p.Length; i++)
        {
            if (p[i] == '\\')
            {
                i++;
                continue;
            }

            depth += p[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Length of the bracket expression; 0 when it is none and the bracket stands for itself.</summary>
    private static int MatchBracket(ReadOnlySpan<char> p, char? c, out bool matched)
    {
        matched = false;
        var i = 1;
        var negated = i < p.Length && p[i] is '!' or '^';
        i += negated ? 1 : 0;
        for (var first = true; i < p.Length; first = false)
        {
            if (p[i] == ']' && !first)
            {
                matched ^= negated;
                return i + 1;
            }

            if (p[i] == '[' && i + 1 < p.Length && p[i + 1] == ':' && ClassEnd(p, i) is > 0 and var end)
            {
                matched |= c is { } character && IsInClass(p[(i + 2)..end], character);
                i = end + 2;
                continue;
            }

            var low = One(p, ref i);
            var high = low;
            if (i + 1 < p.Length && p[i] == '-' && p[i + 1] != ']')
            {
                i++;
                high = One(p, ref i);
            }

            matched |= c >= low && c <= high;
        }

        return 0;
    }

    private static char One(ReadOnlySpan<char> p, ref int i)
    {
        i += p[i] == '\\' && i + 1 < p.Length ? 1 : 0;
        return p[i++];
    }

    private static int ClassEnd(ReadOnlySpan<char> p, int start)
    {
        var length = p[(start + 2)..].IndexOf(":]");
        return length < 0 ? -1 : start + 2 + length;
    }

    private static bool IsInClass(ReadOnlySpan<char> name, char c) => name switch
    {
        "alpha" => char.IsAsciiLetter(c),
        "digit" => char.IsAsciiDigit(c),
        "alnum" => char.IsAsciiLetterOrDigit(c),
        "upper" => char.IsAsciiLetterUpper(c),
        "lower" => char.IsAsciiLetterLower(c),
        "space" => c is ' ' or (>= '\t' and <= '\r'),
        "blank" => c is ' ' or '\t',
        "punct" => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)),
        "xdigit" => char.IsAsciiHexDigit(c),
        "cntrl" => char.IsControl(c),
        "print" => !char.IsControl(c),
        "graph" => !char.IsControl(c) && c != ' ',
        "word" => char.IsAsciiLetterOrDigit(c) || c == '_',
        _ => false,
    };
}
