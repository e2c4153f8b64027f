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

    private readonly ImmutableArray<(int Start, int Line)> _starts = Starts(Lines);

    /// <summary>The place in the original text of an offset in <see cref="Commands"/>.</summary>
    public ShellPosition Locate(int offset)
    {
        if (_starts.IsEmpty)
        {
            return new ShellPosition(1, 1);
        }

        var found = _starts.BinarySearch((offset, int.MaxValue));
        var (start, number) = _starts[Math.Max(0, found < 0 ? ~found - 1 : found)];
        var within = Math.Clamp(offset - start, 0, Lines[number].Text.Length);
        return new ShellPosition(number + 1, Lines[number].PromptLength + within + 1);
    }

    private static ImmutableArray<(int Start, int Line)> Starts(ImmutableArray<TranscriptLine> lines)
    {
        var starts = ImmutableArray.CreateBuilder<(int, int)>();
        var offset = 0;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Kind == TranscriptLineKind.Command)
            {
                starts.Add((offset, i));
                offset += lines[i].Text.Length + 1;
            }
        }

        return starts.ToImmutable();
    }
}
