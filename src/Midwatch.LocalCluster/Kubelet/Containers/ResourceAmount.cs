using System.Globalization;
using System.Text.Json.Nodes;
using Midwatch.LocalCluster.Controllers;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>Reads a container's requests and limits, and shows them as the downward API does.</summary>
internal static class ResourceAmount
{
    private static readonly string[] Suffixes = ["m", "", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti", "Pi"];

    /// <summary>The container's memory limit in bytes; null for none.</summary>
    public static long? MemoryLimit(JsonObject container) =>
        Parse(container.At("resources", "limits", "memory")?.ToString()) is { } amount ? (long)amount : null;

    /// <summary>
    /// An env variable's resourceFieldRef: limits fall back to what the node has, and the divisor rounds up.
    /// </summary>
    public static string Field(JsonObject container, string resource, string? divisor, NodeSize node)
    {
        var parts = resource.Split('.', 2);
        var kind = parts[^1];
        var amount = Parse(container.At("resources", parts[0], kind)?.ToString())
            ?? (parts[0] == "limits" ? Parse(kind == "cpu" ? node.Cpu : node.Memory) : null)
            ?? 0;
        var by = Parse(divisor) is { } given and not 0 ? given : 1;
        return Math.Ceiling(amount / by).ToString("0", CultureInfo.InvariantCulture);
    }

    /// <summary>"250m", "1Gi", "0.5", "1e3" as a number; null for anything else.</summary>
    public static decimal? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var suffix = Suffixes.Where(one => text.EndsWith(one, StringComparison.Ordinal)).MaxBy(one => one.Length) ?? "";
        return decimal.TryParse(
            text[..^suffix.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number * Factor(suffix)
            : null;
    }

    private static decimal Factor(string suffix) => suffix switch
    {
        "m" => 0.001m,
        "" => 1,
        [var letter, 'i'] => (decimal)Math.Pow(1024, "KMGTP".IndexOf(letter, StringComparison.Ordinal) + 1),
        [var letter] => (decimal)Math.Pow(1000, "kMGTP".IndexOf(letter, StringComparison.Ordinal) + 1),
        _ => 1,
    };
}
