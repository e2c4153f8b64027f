using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Lint;

/// <summary>
/// <c>&amp;lt;</c> in a command: a block shows it as it is, and a shell reads <c>&amp;</c> and <c>;</c>. What stands
/// around it is not what the author meant, so that nothing else is said of such a command.
/// </summary>
internal static partial class HtmlEntity
{
    /// <summary>Whether a command holds one.</summary>
    public static bool IsIn(string text) => text.Contains('&', StringComparison.Ordinal) && Entity().IsMatch(text);

    /// <summary>The first one; null for none.</summary>
    public static string? First(string text) => Entity().Match(text) is { Success: true } match ? match.Value : null;

    [GeneratedRegex("&(lt|gt|amp|quot|#39|nbsp);", RegexOptions.CultureInvariant)]
    private static partial Regex Entity();
}
