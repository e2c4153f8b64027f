using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Midwatch.LocalCluster.Objects.Schema;

/// <summary>Amounts as "250m", "1Gi", "0.5" and their one canonical form.</summary>
internal static partial class Quantity
{
    public const string Malformed =
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] Binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>The amount in billionths, rounded up; null when the text is no quantity.</summary>
    public static BigInteger? ParseNano(string text)
    {
        var match = Pattern().Match(text);
        if (!match.Success || match.Groups["number"].Value is "." or "" )
        {
            return null;
        }

        var number = match.Groups["number"].Value;
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? "" : number[(point + 1)..];
        var digits = BigInteger.Parse(number.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        var (scale, exponent) = Scale(match.Groups["suffix"].Value, match.Groups["exponent"].Value);
        var power = 9 + exponent - fraction.Length;
        var nano = digits * scale;
        nano = power >= 0 ? nano * BigInteger.Pow(10, power) : DivideUp(nano, BigInteger.Pow(10, -power));
        return match.Groups["sign"].Value == "-" ? -nano : nano;
    }

    /// <summary>
    /// The canonical form: the largest suffix that leaves no fraction, of the family that was written.
    /// </summary>
    public static string? Canonical(string text)
    {
        if (ParseNano(text) is not { } nano)
        {
            return null;
        }

        if (text.EndsWith('i') && nano % Billion == 0)
        {
            return InBinary(nano / Billion);
        }

        return nano.IsZero ? "0" : InDecimal(nano);
    }

    /// <summary>An amount in billionths as text, in the binary family where it can be.</summary>
    public static string Format(BigInteger nano, bool isBinary) =>
        nano.IsZero ? "0" : isBinary && nano % Billion == 0 ? InBinary(nano / Billion) : InDecimal(nano);

    public static BigInteger Billion { get; } = new(1_000_000_000);

    private static string InDecimal(BigInteger nano)
    {
        var suffix = 0;
        while (suffix < Decimal.Length - 1 && nano % 1000 == 0)
        {
            nano /= 1000;
            suffix++;
        }

        return nano.ToString(CultureInfo.InvariantCulture) + Decimal[suffix];
    }

    private static string InBinary(BigInteger units)
    {
        var suffix = 0;
        while (suffix < Binary.Length - 1 && !units.IsZero && units % 1024 == 0)
        {
            units /= 1024;
            suffix++;
        }

        return units.ToString(CultureInfo.InvariantCulture) + Binary[suffix];
    }

    private static (BigInteger Scale, int Exponent) Scale(string suffix, string exponent)
    {
        if (exponent.Length > 0)
        {
            return (BigInteger.One, int.Parse(exponent, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        }

        var binary = Array.IndexOf(Binary, suffix);
        return suffix.Length > 0 && binary > 0
            ? (BigInteger.Pow(1024, binary), 0)
            : (BigInteger.One, (Array.IndexOf(Decimal, suffix) - 3) * 3);
    }

    private static BigInteger DivideUp(BigInteger value, BigInteger by) => (value + by - 1) / by;

    [GeneratedRegex(
        @"^(?<sign>[+-]?)(?<number>[0-9]*\.?[0-9]*)"
        + "((?<suffix>n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?|[eE](?<exponent>[+-]?[0-9]{1,3}))$",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
