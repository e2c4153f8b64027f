using System.Collections.Immutable;

namespace Midwatch.Shell.Transcripts;

/// <summary>The data files of this folder, which are compiled into the program.</summary>
internal static class TranscriptData
{
    /// <summary>The lines of a file that are no comments, each cut at its first blanks into so many fields.</summary>
    public static ImmutableArray<string[]> Lines(string name, int fields)
    {
        using var stream = typeof(TranscriptData).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not in the assembly.");
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n')
                .Where(line => line.Length > 0 && !line.StartsWith('#'))
                .Select(line => line.Split(' ', fields)),
        ];
    }
}
