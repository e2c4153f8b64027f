using System.Globalization;
using System.Text;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>Decodes the escapes of <c>echo -e</c>, of <c>printf %b</c>, and of printf's formats.</summary>
internal static class EscapedText
{
    /// <param name="octalNeedsZero">
    /// Whether an octal escape begins with a zero (<c>echo</c>), or need not (<c>printf</c>).
    /// </param>
    /// <param name="stops">Whether a <c>\c</c> was met: nothing is printed behind it.</param>
    public static List<byte> Decode(string text, bool octalNeedsZero, out bool stops)
    {
        var bytes = new List<byte>(text.Length);
        stops = false;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                i += Append(bytes, text, i);
                continue;
            }

            if (text[i + 1] == 'c')
            {
                stops = true;
                break;
            }

            i++;
            DecodeOne(bytes, text, ref i, octalNeedsZero);
        }

        return bytes;
    }

    /// <summary>Decodes what follows a backslash.</summary>
    public static void DecodeOne(List<byte> bytes, string text, ref int i, bool octalNeedsZero)
    {
        var simple = "abeEfnrtv\\".IndexOf(text[i], StringComparison.Ordinal);
        if (simple >= 0)
        {
            bytes.Add((byte)"\a\b\e\e\f\n\r\t\v\\"[simple]);
            i++;
        }
        else if (text[i] is >= '0' and <= '7' && (!octalNeedsZero || text[i] == '0'))
        {
            // `\0` may be followed by three more digits, any other digit begins at most three.
            var digits = octalNeedsZero ? 4 : 3;
            bytes.Add((byte)(Number(text, ref i, digits, 8) & 0xFF));
        }
        else if (text[i] is 'x' or 'u' or 'U' && i + 1 < text.Length && char.IsAsciiHexDigit(text[i + 1]))
        {
            var kind = text[i++];
            var value = Number(text, ref i, kind switch { 'x' => 2, 'u' => 4, _ => 8 }, 16);
            if (kind == 'x')
            {
                bytes.Add((byte)value);
            }
            else
            {
                var rune = value <= 0x10FFFF && Rune.IsValid((int)value) ? new Rune((int)value) : Rune.ReplacementChar;
                bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
            }
        }
        else
        {
            bytes.Add((byte)'\\');
            i += Append(bytes, text, i);
        }
    }

    /// <summary>Appends the character at a place, and says how long it is.</summary>
    public static int Append(List<byte> bytes, string text, int i)
    {
        var length = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
        bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
        return length;
    }

    private static long Number(string text, ref int i, int digitsMax, int radix)
    {
        var value = 0L;
        for (var digits = 0; digits < digitsMax && i < text.Length; digits++, i++)
        {
            if (radix == 8 ? text[i] is < '0' or > '7' : !char.IsAsciiHexDigit(text[i]))
            {
                break;
            }

            value = (value * radix) + int.Parse(
                text.AsSpan(i, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return value;
    }
}
