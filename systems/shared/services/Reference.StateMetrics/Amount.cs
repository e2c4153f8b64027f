using System.Globalization;

namespace Reference.StateMetrics;

/// <summary>Kubernetes quantities as plain numbers: "250m" is 0.25, "1Gi" is 1073741824.</summary>
internal static class Amount
{
    private static readonly (string Suffix, double Factor)[] Suffixes =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("Ti", 1L << 40),
        ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12),
    ];

    /// <summary>Reads a quantity; null when it is none.</summary>
    public static double? Parse(string? text)
    {
        var (suffix, factor) = Suffixes.FirstOrDefault(
            pair => text?.EndsWith(pair.Suffix, StringComparison.Ordinal) is true, ("", 1));
        return double.TryParse(
            text?[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? number * factor : null;
    }
}
