using System.Collections.Frozen;
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

    private static readonly FrozenDictionary<string, ImmutableArray<Opener>> ByProgram =
        TranscriptData.Lines("openers.txt", fields: 4)
            .Select(entry => (Programs: entry[1].Split(','), Opener: new Opener(
                entry[0],
                entry[2] == "*" ? [] : [.. entry[2].ToUpperInvariant().Split(',')],
                new Lazy<Regex>(() => BuiltPatterns.IgnoringCase(entry[3])))))
            .SelectMany(entry => entry.Programs, (entry, program) => (program, entry.Opener))
            .GroupBy(entry => entry.program, entry => entry.Opener)
            .ToFrozenDictionary(
                program => program.Key, ImmutableArray.ToImmutableArray, StringComparer.OrdinalIgnoreCase);

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

        var bare = Bare(command);
        return bare.Length is 0 or > LengthMax || bare.AsSpan().ContainsAny('|', '>') || bare.EndsWith('&')
            ? null
            : Of(bare);
    }

    /// <summary>In one line, holes and what goes before the command taken off. Most commands need none of it.</summary>
    private static string Bare(string command)
    {
        var filled = command.AsSpan().ContainsAny('<', '$') ? Holes().Replace(command, "x") : command;
        var line = filled.AsSpan().ContainsAny('\n', '\t') || filled.Contains("  ", StringComparison.Ordinal)
            ? Spaces().Replace(filled, " ")
            : filled;
        return Prefix().Replace(line.Trim().TrimEnd(';'), "");
    }

    private static string? Of(string command)
    {
        var end = command.IndexOf(' ', StringComparison.Ordinal);
        if (ByProgram.TryGetValue(end < 0 ? command : command[..end], out var openers))
        {
            // Where the runtime knows no cultures, it looks for text of any case letter by letter.
            var upper = command.ToUpperInvariant();
            foreach (var opener in openers)
            {
                if (opener.Opens(command, upper))
                {
                    return opener.Place;
                }
            }
        }

        return null;
    }

    [GeneratedRegex(@"<[\w][^<>\n|&;]{0,60}>|\$\{?\w+\}?|\$\([^()]*\)", RegexOptions.CultureInvariant)]
    private static partial Regex Holes();

    [GeneratedRegex(@"\s+|\\\n\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^((sudo( -E| -H| -u \S+)?|time|winpty|exec) )+", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    private sealed record Opener(string Place, ImmutableArray<string> UpperWords, Lazy<Regex> Pattern)
    {
        public bool Opens(string command, string upper)
        {
            var holds = UpperWords.IsEmpty;
            foreach (var word in UpperWords)
            {
                holds = holds || upper.Contains(word, StringComparison.Ordinal);
            }

            return holds && Pattern.Value.IsMatch(command);
        }
    }
}
