using System.Text.Json;
using System.Text.RegularExpressions;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Tests.Oracle;

/// <summary>A construct that we read otherwise than shfmt does, and mean to.</summary>
/// <param name="What">Matches what was found: shfmt's message, our code and message, or both steps.</param>
/// <param name="Node">The kind of node of our tree that holds the place; null where we have no tree there.</param>
/// <param name="Text">Matches the text that begins at the place.</param>
/// <param name="Example">A text that differs by this construct alone.</param>
internal sealed record DeliberateDifference(
    string Id, ComparisonKind Kind, Regex What, string? Node, Regex Text, string Reason, string Example)
{
    /// <summary>The list in <c>shfmt-differences.json</c>.</summary>
    public static IReadOnlyList<DeliberateDifference> All { get; } = Load();

    /// <summary>Whether a difference is this one: at its place, in its node.</summary>
    public bool Explains(Comparison comparison)
    {
        // The text's expression begins with \G, so it matches at the place or not at all.
        if (comparison.Kind != Kind || !What.IsMatch(comparison.What)
            || !Text.IsMatch(comparison.Text, comparison.At))
        {
            return false;
        }

        return Node is null || ShellTree
            .Descendants(ShellParser.Parse(comparison.Text, ShellParserOptions.Bash).Script)
            .Any(node => node.GetType().Name == Node
                && node.Span.Start <= comparison.At && comparison.At <= node.Span.End);
    }

    private static DeliberateDifference[] Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Oracle", "shfmt-differences.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return [.. json.RootElement.EnumerateArray().Select(Read)];
    }

    private static DeliberateDifference Read(JsonElement entry) => new(
        entry.GetProperty("id").GetString()!,
        Enum.Parse<ComparisonKind>(entry.GetProperty("kind").GetString()!),
        new Regex(entry.GetProperty("what").GetString()!, RegexOptions.CultureInvariant),
        entry.TryGetProperty("node", out var node) ? node.GetString() : null,
        new Regex(@"\G(?:" + entry.GetProperty("text").GetString() + ")", RegexOptions.CultureInvariant),
        entry.GetProperty("reason").GetString()!,
        entry.GetProperty("example").GetString()!);
}
