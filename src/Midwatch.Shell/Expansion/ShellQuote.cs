using System.Globalization;
using System.Text;

namespace Midwatch.Shell.Expansion;

/// <summary>Writes a text so that bash reads it back as one word.</summary>
public static class ShellQuote
{
    /// <summary>
    /// Always quoted, as <c>${x@Q}</c> prints it: <c>'a b'</c>, or <c>$'a\nb'</c> with control characters.
    /// </summary>
    /// <remarks>A NUL, which no argument can hold, ends the text.</remarks>
    public static string Quote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Any(char.IsControl))
        {
            return Ansi(text);
        }

        return "'" + text.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
    }

    /// <summary>Quoted only where it must be: for showing commands to people.</summary>
    public static string QuoteIfNeeded(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length > 0 && text.All(IsPlain) ? text : Quote(text);
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c)
        || "-_./:=@%+,".Contains(c, StringComparison.Ordinal);

    private static string Ansi(string text)
    {
        var result = new StringBuilder("$'");
        foreach (var c in text)
        {
            var simple = "\a\b\e\f\n\r\t\v\\'".IndexOf(c, StringComparison.Ordinal);
            if (simple >= 0)
            {
                result.Append('\\').Append("abEfnrtv\\'"[simple]);
            }
            else if (c < ' ' || c == '\x7f')
            {
                result.Append('\\').Append(Convert.ToString(c, 8).PadLeft(3, '0'));
            }
            else if (char.IsControl(c))
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                result.Append(c);
            }
        }

        return result.Append('\'').ToString();
    }
}
