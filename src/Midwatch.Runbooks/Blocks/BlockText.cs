using System.Collections.Immutable;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Blocks;

/// <summary>
/// The shell text of a block: prompts and output taken out, each line with its place in the document.
/// </summary>
/// <param name="Lines">The lines that a shell would read.</param>
/// <param name="Origins">For each line, where it begins.</param>
/// <param name="Output">Lines that are output: they are shown, never run.</param>
/// <param name="Elsewhere">Lines whose prompt says that they run in another shell or in a database.</param>
internal sealed record BlockText(
    ImmutableArray<string> Lines, ImmutableArray<LineOrigin> Origins, ImmutableArray<OutputLine> Output,
    ImmutableArray<PromptedLine> Elsewhere)
{
    private readonly ImmutableArray<int> _starts = Starts(Lines);

    /// <summary>The lines as one text.</summary>
    public string Text { get; } = string.Join('\n', Lines);

    /// <summary>Where a line begins in <see cref="Text"/>; lines from 0.</summary>
    public int Start(int line) => _starts[line];

    /// <summary>The line of an offset in <see cref="Text"/>, from 0.</summary>
    public int LineIndex(int offset)
    {
        var found = _starts.BinarySearch(offset);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, Math.Max(0, Lines.Length - 1));
    }

    /// <summary>The place of an offset in the document.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        if (Origins.IsEmpty)
        {
            return (1, 1);
        }

        var index = LineIndex(offset);
        return (Origins[index].Line, Origins[index].Column + Math.Max(0, offset - _starts[index]));
    }

    private static ImmutableArray<int> Starts(ImmutableArray<string> lines)
    {
        var starts = ImmutableArray.CreateBuilder<int>(lines.Length);
        var start = 0;
        foreach (var line in lines)
        {
            starts.Add(start);
            start += line.Length + 1;
        }

        return starts.MoveToImmutable();
    }
}

/// <summary>A line of a block that is output of the commands before it.</summary>
internal sealed record OutputLine(string Text, int Line);

/// <summary>What runs where its prompt stands: a line, or a command of several.</summary>
/// <param name="Origins">For each of its lines, where it begins.</param>
/// <param name="Prompt">As written, trimmed.</param>
/// <param name="Place">What the prompt belongs to (<see cref="Shell.Transcripts.TranscriptLine.Place"/>).</param>
/// <param name="Index">Before which of the block's own lines it stands.</param>
internal sealed record PromptedLine(
    string Text, ImmutableArray<LineOrigin> Origins, string Prompt, string Place, int Index);
