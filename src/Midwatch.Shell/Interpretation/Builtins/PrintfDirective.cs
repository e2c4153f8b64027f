using System.Globalization;

namespace Midwatch.Shell.Interpretation.Builtins;

/// <summary>One directive of a printf format.</summary>
/// <param name="Precision">-1 for none.</param>
internal sealed record PrintfDirective(char Letter, string Flags, int Width, int Precision, bool Left)
{
    /// <summary>Reads a number as C does, or the code of the character behind a quote.</summary>
    public static long Integer(string text, List<string> errors)
    {
        if (text.Length > 1 && text[0] is '\'' or '"')
        {
            return char.ConvertToUtf32(text, 1);
        }

        var trimmed = text.Trim();
        var negative = trimmed.StartsWith('-');
        var digits = trimmed.TrimStart('-', '+');
        var hexadecimal = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var octal = !hexadecimal && digits.Length > 1 && digits[0] == '0';
        var parsed = hexadecimal
            ? ulong.TryParse(digits.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value)
            : octal ? TryOctal(digits, out value)
            : ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (!parsed)
        {
            if (text.Length > 0)
            {
                errors.Add($"{text}: invalid number");
            }

            var leading = string.Concat(digits.TakeWhile(char.IsAsciiDigit));
            _ = ulong.TryParse(leading, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        }

        return unchecked(negative ? -(long)value : (long)value);
    }

    public string Cut(string text) => Precision < 0 || Precision >= text.Length ? text : text[..Precision];

    public string Whole(long value)
    {
        var digits = Letter switch
        {
            'x' => value.ToString("x", CultureInfo.InvariantCulture),
            'X' => value.ToString("X", CultureInfo.InvariantCulture),
            'o' => Convert.ToString(value, 8),
            'u' => unchecked((ulong)value).ToString(CultureInfo.InvariantCulture),
            _ => value.ToString(CultureInfo.InvariantCulture).TrimStart('-'),
        };
        digits = digits.PadLeft(Math.Max(Precision, 0), '0');
        var sign = Letter is 'd' or 'i' ? Sign(value < 0) : Prefix(value);
        return Zeros(sign, digits, Precision < 0);
    }

    public string Real(string text, List<string> errors)
    {
        if (!double.TryParse(
            text.Length == 0 ? "0" : text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
        {
            errors.Add($"{text}: invalid number");
        }

        var precision = Precision < 0 ? 6 : Precision;
        var digits = Letter switch
        {
            'f' or 'F' => Math.Abs(value).ToString($"F{precision}", CultureInfo.InvariantCulture),
            'e' or 'E' => Scientific(Math.Abs(value), precision),
            _ => General(Math.Abs(value), Math.Max(1, precision)),
        };
        return Zeros(Sign(double.IsNegative(value)), digits, enabled: true);
    }

    private string Scientific(double value, int precision)
    {
        var text = value.ToString($"{Letter}{precision}", CultureInfo.InvariantCulture);
        var mark = text.IndexOf(Letter, StringComparison.Ordinal);

        // .NET writes three digits of exponent, C at least two.
        var exponent = text[(mark + 2)..].TrimStart('0').PadLeft(2, '0');
        return text[..(mark + 2)] + exponent;
    }

    private string General(double value, int precision)
    {
        var exponent = value == 0 ? 0 : (int)Math.Floor(Math.Log10(value));
        if (exponent < -4 || exponent >= precision)
        {
            var scientific = (this with { Letter = char.IsUpper(Letter) ? 'E' : 'e' }).Scientific(value, precision - 1);
            var mark = scientific.IndexOfAny(['e', 'E']);
            return TrimZeros(scientific[..mark]) + scientific[mark..];
        }

        return TrimZeros(value.ToString($"F{precision - 1 - exponent}", CultureInfo.InvariantCulture));
    }

    private static string TrimZeros(string text) =>
        text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;

    private string Zeros(string sign, string digits, bool enabled) =>
        enabled && !Left && Flags.Contains('0', StringComparison.Ordinal)
            ? sign + digits.PadLeft(Math.Max(0, Width - sign.Length), '0')
            : sign + digits;

    private string Sign(bool negative) => negative ? "-"
        : Flags.Contains('+', StringComparison.Ordinal) ? "+"
        : Flags.Contains(' ', StringComparison.Ordinal) ? " "
        : string.Empty;

    private string Prefix(long value) => !Flags.Contains('#', StringComparison.Ordinal) || value == 0 ? string.Empty
        : Letter switch
    {
        'x' => "0x",
        'X' => "0X",
        'o' => "0",
        _ => string.Empty,
    };

    private static bool TryOctal(string digits, out ulong value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if (c is < '0' or > '7')
            {
                return false;
            }

            value = (value * 8) + (ulong)(c - '0');
        }

        return true;
    }
}
