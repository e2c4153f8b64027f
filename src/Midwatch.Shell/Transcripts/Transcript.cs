using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Transcripts;

/// <summary>Lines as they were copied from a terminal, or written for one, each told for what it is.</summary>
/// <param name="Lines">One for each line of the text, in order.</param>
/// <param name="HasPrompts">Whether a prompt was seen; without one every line is a command.</param>
public sealed record Transcript(ImmutableArray<TranscriptLine> Lines, bool HasPrompts)
{
    /// <summary>Gets what a shell would read: the commands, a line each.</summary>
    public string Commands { get; } = string.Join(
        '\n', Lines.Where(line => line.Kind == TranscriptLineKind.Command).Select(line => line.Text));

    /// <summary>The place in the original text of an offset in <see cref="Commands"/>.</summary>
    public ShellPosition Locate(int offset)
    {
        var start = 0;
        var last = (Number: 0, Line: default(TranscriptLine), Start: 0);
        for (var i = 0; i < Lines.Length; i++)
        {
            if (Lines[i].Kind != TranscriptLineKind.Command)
            {
                continue;
            }

            last = (i, Lines[i], start);
            if (offset <= start + Lines[i].Text.Length)
            {
                break;
            }

            start += Lines[i].Text.Length + 1;
        }

        var within = Math.Clamp(offset - last.Start, 0, last.Line.Text?.Length ?? 0);
        return new ShellPosition(last.Number + 1, last.Line.PromptLength + within + 1);
    }
}
