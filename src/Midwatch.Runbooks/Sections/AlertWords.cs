using System.Text.RegularExpressions;
using Midwatch.Runbooks.Wording;

namespace Midwatch.Runbooks.Sections;

/// <summary>
/// Tells whether a title and an alert's name say the same: "Pod Restarts" is about a pod in a crash loop, and
/// <c>HighCPUUsage</c> is "High CPU".
/// </summary>
internal static partial class AlertWords
{
    /// <summary>Whether both have the same words, whatever their order and form.</summary>
    public static bool AreSame(string title, string alert) => Of(title).SetEquals(Of(alert));

    private static HashSet<string> Of(string text)
    {
        var parted = Humps().Replace(Looping().Replace(HeadingText.Plain(text), " restart "), " ");
        return [.. Word().Matches(parted).Select(match => match.Value.ToUpperInvariant())
            .Where(word => word is not ("ALERT" or "ALERTS" or "USAGE" or "UTILIZATION" or "THE" or "IS" or "A"))];
    }

    // One and the same for whoever is called: a container that ends and is started again.
    [GeneratedRegex(@"crash[ -]?loop(ing|s)?([ -]?back[ -]?off)?|restart(s|ing|ed)?([ -]?loop)?|crash(es|ing)",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Looping();

    [GeneratedRegex(@"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", RegexOptions.CultureInvariant)]
    private static partial Regex Humps();

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
