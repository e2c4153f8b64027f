using System.Globalization;
using System.Text.Json.Nodes;

namespace Midwatch.LocalCluster.Controllers;

/// <summary>A Kubernetes IntOrString: a count, or a share of some total.</summary>
internal readonly record struct IntOrPercent(int Value, bool IsPercent)
{
    public static IntOrPercent Read(JsonNode? node, IntOrPercent fallback)
    {
        if (node.Number() is { } number)
        {
            return new((int)number, IsPercent: false);
        }

        return node.Text() is { } text && text.EndsWith('%')
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None,
                CultureInfo.InvariantCulture, out var percent)
                ? new(percent, IsPercent: true)
                : fallback;
    }

    public int RoundedUp(int total) => IsPercent ? (int)((((long)Value * total) + 99) / 100) : Value;

    public int RoundedDown(int total) => IsPercent ? (int)((long)Value * total / 100) : Value;
}
