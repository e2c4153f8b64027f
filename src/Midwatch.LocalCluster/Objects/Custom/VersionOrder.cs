using System.Globalization;
using System.Text.RegularExpressions;

namespace Midwatch.LocalCluster.Objects.Custom;

/// <summary>Which version of a kind is offered first: v10, v2, v1, v2beta1, v1alpha1, then others by name.</summary>
internal sealed partial class VersionOrder : IComparer<string>
{
    public static readonly VersionOrder Instance = new();

    public int Compare(string? x, string? y)
    {
        var (one, other) = (Rank(x ?? ""), Rank(y ?? ""));
        var order = other.CompareTo(one);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }

    private static (int Stability, int Major, int Minor) Rank(string version)
    {
        var found = Pattern().Match(version);
        return !found.Success ? (0, 0, 0)
            : (found.Groups[2].Value switch { "" => 3, "beta" => 2, _ => 1 },
                Number(found.Groups[1].Value), Number(found.Groups[3].Value));
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex("^v([0-9]+)(?:(alpha|beta)([0-9]+))?$")]
    private static partial Regex Pattern();
}
