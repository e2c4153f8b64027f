using Midwatch.Runbooks.Effects.Calls;

namespace Midwatch.Runbooks.Effects.Payloads;

/// <summary>
/// Judges a sed script: <c>w</c> writes a file, <c>e</c> starts a command. What it cannot follow is unknown.
/// </summary>
internal static class SedReader
{
    private const string Plain = "=dDgGhHlnNpPqQxzF";

    /// <summary>Adds what the script does.</summary>
    public static void Read(CallWord script, Judgement judgement)
    {
        var text = script.Text;
        var at = 0;
        while (at >= 0 && at < text.Length)
        {
            at = Command(text, at, judgement);
        }

        if (at < 0)
        {
            judgement.Add(Effect.Unknown, Marks.None, "The sed script could not be followed.");
        }
    }

    /// <summary>Reads a command; returns where the next begins, -1 when it could not be followed.</summary>
    private static int Command(string text, int at, Judgement judgement)
    {
        at = Address(text, at);
        if (at < 0 || at >= text.Length)
        {
            return at;
        }

        var c = text[at];
        switch (c)
        {
            case ';' or '}' or '{' or '\n':
                return at + 1;
            case '#':
                return LineEnd(text, at);
            case 's':
                return Substitution(text, at, judgement);
            case 'y':
                return Delimited(text, at + 1, 2);
            case 'a' or 'i' or 'c' or 'r' or 'R' or 'b' or 't' or 'T' or ':':
                return LineEnd(text, at);
            case 'w' or 'W':
                judgement.Add(Effect.Change, Marks.Local, "The sed script writes a file.");
                return LineEnd(text, at);
            case 'e':
                judgement.Add(Effect.Unknown, Marks.None, "The sed script starts a command.");
                return LineEnd(text, at);
            default:
                return Plain.Contains(c, StringComparison.Ordinal) ? Digits(text, at + 1) : -1;
        }
    }

    /// <summary>Behind white space and an address or two, with <c>!</c>.</summary>
    private static int Address(string text, int at)
    {
        while (at < text.Length)
        {
            var c = text[at];
            if (char.IsWhiteSpace(c) || char.IsDigit(c) || c is '$' or ',' or '!' or '~' or '+')
            {
                at++;
            }
            else if (c is '/' or '\\')
            {
                at = Delimited(text, c == '\\' ? at + 1 : at, 1);
                while (at >= 0 && at < text.Length && text[at] is 'I' or 'M')
                {
                    at++;
                }

                if (at < 0)
                {
                    return at;
                }
            }
            else
            {
                return at;
            }
        }

        return at;
    }

    private static int Substitution(string text, int at, Judgement judgement)
    {
        at = Delimited(text, at + 1, 2);
        while (at >= 0 && at < text.Length && text[at] is not (';' or '\n' or '}'))
        {
            if (text[at] == 'e')
            {
                judgement.Add(Effect.Unknown, Marks.None, "The sed script runs what it made as a command.");
                return LineEnd(text, at);
            }

            if (text[at] == 'w')
            {
                judgement.Add(Effect.Change, Marks.Local, "The sed script writes a file.");
                return LineEnd(text, at);
            }

            if (!char.IsDigit(text[at]) && !"gpiImM \t".Contains(text[at], StringComparison.Ordinal))
            {
                return -1;
            }

            at++;
        }

        return at;
    }

    /// <summary>Behind a delimiter and so many stretches that it ends; -1 when one does not end.</summary>
    private static int Delimited(string text, int at, int stretches)
    {
        if (at >= text.Length)
        {
            return -1;
        }

        var delimiter = text[at++];
        var pattern = stretches;
        var inBrackets = false;
        while (at < text.Length)
        {
            var c = text[at++];
            if (c == '\\')
            {
                at++;
            }
            else if (c == '[' && !inBrackets && stretches == pattern)
            {
                // Only the pattern has bracket expressions, in which the delimiter is a character like any other.
                inBrackets = at < text.Length && text.IndexOf(']', at) > 0;
            }
            else if (c == ']')
            {
                inBrackets = false;
            }
            else if (c == delimiter && !inBrackets && --stretches == 0)
            {
                return at;
            }
        }

        return -1;
    }

    private static int Digits(string text, int at)
    {
        while (at < text.Length && (char.IsDigit(text[at]) || text[at] == ' '))
        {
            at++;
        }

        return at;
    }

    private static int LineEnd(string text, int at)
    {
        var end = text.IndexOf('\n', at);
        return end < 0 ? text.Length : end + 1;
    }
}
