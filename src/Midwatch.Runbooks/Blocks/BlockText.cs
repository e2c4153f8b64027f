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
    /// <summary>The lines as one text.</summary>
    public string Text { get; } = string.Join('\n', Lines);

    /// <summary>The line of an offset in <see cref="Text"/>, from 0.</summary>
    public int LineIndex(int offset)
    {
        var index = 0;
        for (var i = 0; i < offset && i < Text.Length; i++)
        {
            index += Text[i] == '\n' ? 1 : 0;
        }

        return Math.Min(index, Math.Max(0, Lines.Length - 1));
    }

    /// <summary>The place of an offset in the document.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        if (Origins.IsEmpty)
        {
            return (1, 1);
        }

        var index = LineIndex(offset);
        var start = offset == 0 ? 0 : Text.LastIndexOf('\n', Math.Min(offset, Text.Length) - 1) + 1;
        return (Origins[index].Line, Origins[index].Column + Math.Max(0, offset - start));
    }
}

/// <summary>A line of a block that is output of the commands before it.</summary>
internal sealed record OutputLine(string Text, int Line);

/// <summary>A line that runs where its prompt stands.</summary>
/// <param name="Prompt">As written, trimmed.</param>
/// <param name="Place">What the prompt belongs to (data: <c>sessions.yaml</c>).</param>
/// <param name="Index">Before which of the block's own lines it stands.</param>
internal sealed record PromptedLine(string Text, LineOrigin Origin, string Prompt, string Place, int Index);
