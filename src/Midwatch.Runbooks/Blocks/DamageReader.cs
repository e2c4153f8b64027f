using System.Text.RegularExpressions;

namespace Midwatch.Runbooks.Blocks;

/// <summary>Finds what a word processor or a slip did to a command. It is told and refused, never repaired.</summary>
internal static partial class DamageReader
{
    /// <summary>What is wrong with a line of shell text; null when nothing is seen.</summary>
    public static Damage? Find(string line)
    {
        if (line.TrimStart().StartsWith('#'))
        {
            return null;
        }

        if (Backslash().Match(line) is { Success: true } backslash)
        {
            return new Damage(
                "MW1004",
                backslash.Index,
                "A space stands behind the backslash, so that the line does not go on in the next one.",
                "Remove the space at the end of the line.",
                GoesOn: true);
        }

        if (Dash().Match(line) is { Success: true } dash)
        {
            return new Damage(
                "MW1003",
                dash.Groups["dash"].Index,
                "A dash of prose stands where an option's hyphen should be.",
                "Write '-' or '--' instead.",
                GoesOn: line.EndsWith('\\'));
        }

        return Quotes().Match(line) is { Success: true } quotes
            ? new Damage(
                "MW1005",
                quotes.Index,
                "A curly quote stands where a straight one should be.",
                "Write ' or \" instead.",
                GoesOn: line.EndsWith('\\'))
            : null;
    }

    /// <summary>Something damaged at a place of a line.</summary>
    /// <param name="GoesOn">The author meant the next line to belong to the same command.</param>
    internal sealed record Damage(string Code, int At, string Message, string Remedy, bool GoesOn);

    [GeneratedRegex(@"\\[ \t]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Backslash();

    [GeneratedRegex(@"(?:^|\s)(?<dash>[\u2013\u2014\u2212]+)[A-Za-z]", RegexOptions.CultureInvariant)]
    private static partial Regex Dash();

    [GeneratedRegex(@"(?<=[\s=(])[\u201C\u201D\u2018\u2019](?=\S)", RegexOptions.CultureInvariant)]
    private static partial Regex Quotes();
}
