using System.Collections.Immutable;

namespace Midwatch.Shell.Transcripts;

/// <summary>
/// Tells commands from prompts and from output in what somebody copied from a terminal. Where one line has a prompt,
/// only lines with one are commands, and what belongs to them; <c># …</c> is a comment unless an opened shell is at
/// work.
/// </summary>
public static class TranscriptReader
{
    /// <summary>Reads the lines of one block, without their line breaks. Never throws, never drops a line.</summary>
    /// <param name="options">What is known beside the lines.</param>
    public static Transcript Read(ImmutableArray<string> lines, TranscriptOptions? options = null)
    {
        var known = options ?? TranscriptOptions.Default;
        var prompts = BlockPrompts.Of(lines, known);
        return prompts.Any
            ? new TranscriptWalk(lines, prompts, known).Read()
            : new Transcript([.. lines.Select(TranscriptWalk.Plain)], HasPrompts: false);
    }

    /// <summary>Whether a line of the block has a prompt; where none has, every line is a command's.</summary>
    /// <param name="options">What is known beside the lines.</param>
    public static bool HasPrompts(ImmutableArray<string> lines, TranscriptOptions options) =>
        BlockPrompts.Of(lines, options).Any;

    /// <summary>Whether a line begins with a prompt, of whatever shell or program.</summary>
    public static bool IsPrompted(string line) =>
        PromptPatterns.Here(line) > 0 || PromptPatterns.There(line) is not null;
}
