using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Midwatch.Shell.Transcripts;

/// <summary>
/// Tells which commands open a shell or a prompt in which the lines behind them run. Data: <c>openers.txt</c>.
/// </summary>
public static partial class OpenedPlaces
{
    // A command that is longer opens nothing that anybody types into.
    private const int LengthMax = 400;

    private static readonly ImmutableArray<Opener> All =
    [
        .. TranscriptData.Lines("openers.txt", fields: 3).Select(entry => new Opener(
            entry[0], [.. entry[1].Split(',')], new Lazy<Regex>(() => BuiltPatterns.IgnoringCase(entry[2])))),
    ];

    /// <summary>
    /// What a command opens: <c>pod</c>, <c>container</c>, <c>node</c>, <c>host</c>, <c>root</c>, <c>database</c> or
    /// <c>repl</c>; null when it opens nothing.
    /// </summary>
    public static string? OpenedBy(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Length > 10 * LengthMax)
        {
            return null;
        }

        var bare = Prefix().Replace(Spaces().Replace(Holes().Replace(command, "x"), " ").Trim().TrimEnd(';'), "");
        return bare.Length is 0 or > LengthMax || bare.AsSpan().ContainsAny('|', '>') || bare.EndsWith('&')
            ? null
            : All.FirstOrDefault(opener => opener.Opens(bare))?.Place;
    }

    [GeneratedRegex(@"<[\w][^<>\n|&;]{0,60}>|\$\{?\w+\}?|\$\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Holes();

    [GeneratedRegex(@"\s+|\\\n\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^((sudo( -E| -H| -u \S+)?|time|winpty|exec) )+", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    private sealed record Opener(string Place, ImmutableArray<string> Words, Lazy<Regex> Pattern)
    {
        public bool Opens(string command)
        {
            foreach (var word in Words)
            {
                if (command.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return Pattern.Value.IsMatch(command);
                }
            }

            return false;
        }
    }
}
