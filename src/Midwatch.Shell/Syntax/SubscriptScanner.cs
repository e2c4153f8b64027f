namespace Midwatch.Shell.Syntax;

/// <summary>Looks ahead for the end of <c>[…]</c>, passing over quotes and expansions, without parsing.</summary>
/// <remarks>
/// Only what stands behind the bracket tells an assignment to an element from a glob; parsing twice would take
/// exponential time where subscripts nest.
/// </remarks>
internal static class SubscriptScanner
{
    // So that a long line of brackets costs no more than its length; no subscript of a person is as long.
    private const int LengthMax = 1000;

    /// <summary>The offset of the bracket that closes the one at an offset; -1 when none does.</summary>
    public static int Close(string text, int open)
    {
        var end = Math.Min(text.Length, open + LengthMax);
        return Pass(text, open + 1, end, ']') is var close && close < end ? close : -1;
    }

    /// <summary>The offset of the closing mark that belongs to what begins here; the end when there is none.</summary>
    private static int Pass(string text, int start, int end, char close)
    {
        var i = start;
        while (i < end && text[i] != close)
        {
            i = text[i] switch
            {
                '\\' => i + 2,
                '\'' when close != '"' => After(text.IndexOf('\'', i + 1, Math.Max(0, end - i - 1)), end),
                '"' or '`' => Pass(text, i + 1, end, text[i]) + 1,
                '[' when close == ']' => Pass(text, i + 1, end, ']') + 1,
                '(' when close == ')' => Pass(text, i + 1, end, ')') + 1,
                '$' when i + 1 < end && text[i + 1] == '{' => Pass(text, i + 2, end, '}') + 1,
                '$' when i + 1 < end && text[i + 1] == '(' => Pass(text, i + 2, end, ')') + 1,
                '\n' when close == ']' => end,
                _ => i + 1,
            };
        }

        return Math.Min(i, end);
    }

    private static int After(int found, int end) => found < 0 ? end : found + 1;
}
