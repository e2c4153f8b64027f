namespace Midwatch.Shell.Transcripts;

/// <summary>What the reader of a transcript knows beside its lines.</summary>
public sealed record TranscriptOptions
{
    /// <summary>Gets the options of somebody who knows nothing more.</summary>
    public static TranscriptOptions Default { get; } = new();

    /// <summary>Gets whether a word names a program; null where none is known.</summary>
    public Predicate<string>? IsProgram { get; init; }

    /// <summary>Gets whether a text may be a command rather than a sentence.</summary>
    public Predicate<string> MayBeCommand { get; init; } = MayStandAtPrompt;

    /// <summary>
    /// Gets a value indicating whether the lines are told to be a terminal's (<c>console</c>): then <c># cmd</c> on
    /// all of them is a root prompt.
    /// </summary>
    public bool IsSession { get; init; }

    private static bool MayStandAtPrompt(string text) =>
        text.Length > 0 && (char.IsAsciiLetterLower(text[0]) || text[0] is '/' or '.') && text[^1] is not (':' or '.');
}
