using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Midwatch.Shell.Transcripts;

/// <summary>The data of <c>prompts.txt</c>.</summary>
internal static class PromptPatterns
{
    private static readonly ImmutableArray<(string Kind, Regex Pattern)> All = Load();

    /// <summary>
    /// Length of a prompt of the reader's own shell at the beginning of a line, indent included; 0 for none.
    /// </summary>
    public static int Here(string line) => Length("here", line, needsMore: true);

    /// <summary>The same for a machine's name glued to the dollar.</summary>
    public static int Machine(string line) => Length("machine", line, needsMore: true);

    /// <summary>The same for the prompt of another shell, a database or an interpreter.</summary>
    public static int There(string line) => Length("there", line, needsMore: false);

    /// <summary>Whether the lines behind this command run in a shell that it opens.</summary>
    public static bool Opens(string command) => Length("opens", command, needsMore: false) > 0;

    private static int Length(string kind, string line, bool needsMore)
    {
        var indent = line.Length - line.AsSpan().TrimStart(" \t").Length;
        foreach (var (_, pattern) in All.Where(entry => entry.Kind == kind))
        {
            // A prompt without anything behind it is no command.
            if (pattern.Match(line, indent) is { Success: true } match
                && !(needsMore && line.AsSpan(match.Index + match.Length).Trim().IsEmpty))
            {
                return match.Index + match.Length;
            }
        }

        return 0;
    }

    private static ImmutableArray<(string Kind, Regex Pattern)> Load()
    {
        using var stream = typeof(PromptPatterns).Assembly.GetManifestResourceStream("prompts.txt")
            ?? throw new InvalidOperationException("The list of prompts is not in the assembly.");
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n')
                .Where(line => line.Length > 0 && !line.StartsWith('#'))
                .Select(line => line.Split(' ', 2))
                .Select(pair => (pair[0], new Regex(
                    @"\G(?:" + pair[1] + ")", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))),
        ];
    }
}
