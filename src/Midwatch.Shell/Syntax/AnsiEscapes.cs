using System.Globalization;
using System.Text;

namespace Midwatch.Shell.Syntax;

/// <summary>
/// Decodes the backslash escapes of <c>$'…'</c>, which <c>echo -e</c> and <c>printf</c> share in part.
/// </summary>
internal static class AnsiEscapes
{
    /// <summary>Decodes a whole text. As in bash, a NUL ends it.</summary>
    public static string Decode(string source)
    {
        // Bytes, because \xC3\xA9 is one character of two escapes.
        var bytes = new List<byte>(source.Length);
        var i = 0;
        while (i < source.Length)
        {
            if (source[i] == '\\' && i + 1 < source.Length)
            {
                i++;
                DecodeOne(source, ref i, bytes);
            }
            else
            {
                i += Append(bytes, source, i);
            }
        }

        var nul = bytes.IndexOf(0);
        return Encoding.UTF8.GetString([.. nul < 0 ? bytes : bytes.Take(nul)]);
    }

    private static void DecodeOne(string source, ref int i, List<byte> bytes)
    {
        var c = source[i];
        var simple = "abeEfnrtv\\'\"?".IndexOf(c, StringComparison.Ordinal);
        if (simple >= 0)
        {
            bytes.Add((byte)"\a\b\e\e\f\n\r\t\v\\'\"?"[simple]);
            i++;
            return;
        }

        switch (c)
        {
            case >= '0' and <= '7':
                bytes.Add((byte)(Number(source, ref i, 3, 8) & 0xFF));
                break;
            case 'x' when i + 1 < source.Length && char.IsAsciiHexDigit(source[i + 1]):
                i++;
                bytes.Add((byte)Number(source, ref i, 2, 16));
                break;
            case 'u' or 'U' when i + 1 < source.Length && char.IsAsciiHexDigit(source[i + 1]):
                i++;
                AppendRune(bytes, Number(source, ref i, c == 'u' ? 4 : 8, 16));
                break;
            case 'c' when i + 1 < source.Length:
                bytes.Add((byte)(source[i + 1] & 0x1F));
                i += 2;
                break;
            default:
                bytes.Add((byte)'\\');
                i += Append(bytes, source, i);
                break;
        }
    }

    private static long Number(string source, ref int i, int digitsMax, int radix)
    {
        var value = 0L;
        for (var digits = 0; digits < digitsMax && i < source.Length; digits++, i++)
        {
            var valid = radix == 8 ? source[i] is >= '0' and <= '7' : char.IsAsciiHexDigit(source[i]);
            if (!valid)
            {
                break;
            }

            value = (value * radix) + int.Parse(
                source.AsSpan(i, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }

        return value;
    }

    private static void AppendRune(List<byte> bytes, long value)
    {
        var rune = value <= 0x10FFFF && Rune.IsValid((int)value) ? new Rune((int)value) : Rune.ReplacementChar;
        bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
    }

    private static int Append(List<byte> bytes, string source, int i)
    {
        var length = i + 1 < source.Length && char.IsSurrogatePair(source[i], source[i + 1]) ? 2 : 1;
        bytes.AddRange(Encoding.UTF8.GetBytes(source.Substring(i, length)));
        return length;
    }
}
