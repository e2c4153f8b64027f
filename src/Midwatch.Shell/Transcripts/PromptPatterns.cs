using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Midwatch.Shell.Transcripts;

/// <summary>The data of <c>prompts.txt</c>.</summary>
internal static class PromptPatterns
{
    // A prompt is short; what stands behind it is not looked at.
    private const int PromptLengthMax = 160;

    private static readonly ImmutableArray<string[]> Entries =
        TranscriptData.Lines("prompts.txt", fields: 3);

    private static readonly SearchValues<char> Signs =
        SearchValues.Create(Entries.First(entry => entry[0] == "signs")[1]);

    private static readonly FrozenSet<string> Machines = Words("machine");
    private static readonly FrozenSet<string> FarMachines = Words("far");

    private static readonly ImmutableArray<(string Place, Regex Pattern)> HerePatterns = Load("here");
    private static readonly ImmutableArray<(string Place, Regex Pattern)> TherePatterns = Load("there");
    private static readonly ImmutableArray<(string Place, Regex Pattern)> MorePatterns = Load("more");

    /// <summary>
    /// Length of a prompt of the reader's own shell at the beginning of a line, indent included; 0 for none. A prompt
    /// with nothing behind it is no command.
    /// </summary>
    public static int Here(string line) =>
        MayBePrompted(line) && Find(HerePatterns, line) is { } found && !line.AsSpan(found.Length).Trim().IsEmpty
            ? found.Length
            : 0;

    /// <summary>The prompt of another shell, a database or an interpreter; null for none.</summary>
    public static (int Length, string Place)? There(string line) =>
        MayBePrompted(line) ? Find(TherePatterns, line) : null;

    /// <summary>Most lines have no sign of a prompt, and meet no expression.</summary>
    private static bool MayBePrompted(string line) => line.AsSpan().ContainsAny(Signs);

    /// <summary>Length of what a place shows where a line typed there goes on in the next one; 0 for none.</summary>
    public static int More(string line, string place) =>
        Find([.. MorePatterns.Where(entry => entry.Place == place)], line)?.Length ?? 0;

    /// <summary>Whether a word names the reader's own machine, as in <c>$mac docker ps</c>.</summary>
    public static bool IsMachine(string word) => Machines.Contains(word);

    /// <summary>Whether a word names another machine.</summary>
    public static bool IsFarMachine(string word) => FarMachines.Contains(word);

    private static FrozenSet<string> Words(string kind) => Entries.Where(entry => entry[0] == kind)
        .SelectMany(entry => entry[1..]).SelectMany(words => words.Split(' ')).ToFrozenSet(StringComparer.Ordinal);

    private static (int Length, string Place)? Find(
        ImmutableArray<(string Place, Regex Pattern)> patterns, string line)
    {
        var indent = line.Length - line.AsSpan().TrimStart(" \t").Length;
        var beginning = line.AsSpan(indent, Math.Min(PromptLengthMax, line.Length - indent));
        foreach (var (place, pattern) in patterns)
        {
            foreach (var match in pattern.EnumerateMatches(beginning))
            {
                return (indent + match.Length, place);
            }
        }

        return null;
    }

    /// <summary>One expression for each place, in the order of the file.</summary>
    private static ImmutableArray<(string Place, Regex Pattern)> Load(string kind) =>
    [
        .. Entries.Where(entry => entry[0] == kind)
            .Select(entry => kind == "here"
                ? (Place: kind, Pattern: string.Join(' ', entry[1..]))
                : (Place: entry[1], Pattern: entry[2]))
            .GroupBy(entry => entry.Place, entry => entry.Pattern)
            .Select(place => (place.Key, BuiltPatterns.Exact("^(?:" + string.Join('|', place) + ")"))),
    ];
}
