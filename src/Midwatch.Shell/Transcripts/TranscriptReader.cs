using System.Collections.Immutable;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Transcripts;

/// <summary>
/// Tells commands from prompts and from output in what somebody copied from a terminal. Where one line has a prompt,
/// only lines with one are commands, and what belongs to them; <c># …</c> is a comment unless an opened shell is at
/// work.
/// </summary>
public static class TranscriptReader
{
    // A command of more lines is none that somebody typed at a prompt.
    private const int CommandLinesMax = 200;

    /// <summary>Reads the lines of one block, without their line breaks. Never throws, never drops a line.</summary>
    public static Transcript Read(ImmutableArray<string> lines)
    {
        var prompts = PromptOf(lines);
        if (prompts is null)
        {
            var elsewhere = lines.Any(line => PromptPatterns.There(line) > 0);
            return new Transcript([.. lines.Select(line => elsewhere ? Foreign(line) : Plain(line))], elsewhere);
        }

        var result = ImmutableArray.CreateBuilder<TranscriptLine>(lines.Length);
        var inside = false;
        while (result.Count < lines.Length)
        {
            var line = lines[result.Count];
            var length = prompts(line);
            if (length > 0)
            {
                AddCommand(lines, result, length);
                inside = PromptPatterns.Opens(line[length..]);
            }
            else if (PromptPatterns.There(line) > 0 || (inside && IsRootPrompt(line)))
            {
                result.Add(Foreign(line));
            }
            else if (line.AsSpan().Trim().IsEmpty || IsComment(line))
            {
                result.Add(Plain(line));
            }
            else
            {
                result.Add(new TranscriptLine(TranscriptLineKind.Output, line, 0));
            }
        }

        return new Transcript(result.ToImmutable(), HasPrompts: true);
    }

    /// <summary>How this block's prompts are recognised; null when no line has one of the reader's own shell.</summary>
    private static Func<string, int>? PromptOf(ImmutableArray<string> lines)
    {
        if (lines.Any(line => PromptPatterns.Here(line) > 0))
        {
            return PromptPatterns.Here;
        }

        if (lines.Any(line => PromptPatterns.Machine(line) > 0) && !lines.Any(line => AssignsMachine(line, lines)))
        {
            return PromptPatterns.Machine;
        }

        // `> word word` at the very beginning is a prompt; `> file` empties a file.
        var first = lines.FirstOrDefault(line => !line.AsSpan().Trim().IsEmpty && !IsComment(line)) ?? string.Empty;
        return Arrow(first) > 0 && first[Arrow(first)..].Trim().Contains(' ', StringComparison.Ordinal) ? Arrow : null;
    }

    private static int Arrow(string line)
    {
        var indent = line.Length - line.AsSpan().TrimStart(" \t").Length;
        return line.AsSpan(indent).StartsWith("> ") && line.Length > indent + 2 && char.IsLetter(line[indent + 2])
            ? indent + 2 : 0;
    }

    private static bool AssignsMachine(string line, ImmutableArray<string> lines) => lines.Any(other =>
        PromptPatterns.Machine(other) is > 0 and var length
        && line.TrimStart().StartsWith(other[..length].Trim().TrimStart('$') + "=", StringComparison.Ordinal));

    /// <summary>The line at a prompt and those that finish it: continuations, open quotes, here-documents.</summary>
    private static void AddCommand(
        ImmutableArray<string> lines, ImmutableArray<TranscriptLine>.Builder result, int promptLength)
    {
        var first = result.Count;
        result.Add(new TranscriptLine(TranscriptLineKind.Command, lines[first][promptLength..], promptLength));
        var text = result[first].Text;
        var sure = result.Count;
        for (var next = first + 1; next < Math.Min(lines.Length, first + CommandLinesMax) && IsUnfinished(text); next++)
        {
            // The shell shows "> " there, or what was pasted shows nothing.
            var shown = lines[next].StartsWith("> ", StringComparison.Ordinal) ? 2 : 0;
            var goesOn = text.EndsWith('\\');
            result.Add(new TranscriptLine(TranscriptLineKind.Command, lines[next][shown..], shown));
            text += "\n" + lines[next][shown..];
            sure = goesOn && sure == next ? result.Count : sure;
        }

        // A quote that is never closed swallows nothing: what follows may be output, and the command is refused.
        while (IsUnfinished(text) && result.Count > sure)
        {
            result.RemoveAt(result.Count - 1);
        }
    }

    private static bool IsUnfinished(string text) =>
        text.EndsWith('\\') || ShellParser.Parse(text, ShellParserOptions.Runbook).IsUnfinished;

    private static bool IsComment(string line) => line.AsSpan().TrimStart().StartsWith("# ");

    // In a shell that was opened as root, `# ` is its prompt when a command and no sentence follows.
    private static bool IsRootPrompt(string line)
    {
        var text = line.AsSpan().Trim();
        return text.StartsWith("# ") && text.Length > 2 && (char.IsAsciiLetterLower(text[2]) || text[2] is '/' or '.')
            && text[^1] is not (':' or '.');
    }

    private static TranscriptLine Plain(string line) => new(TranscriptLineKind.Command, line, 0);

    private static TranscriptLine Foreign(string line)
    {
        var length = PromptPatterns.There(line);
        return length > 0 || IsRootPrompt(line)
            ? new TranscriptLine(TranscriptLineKind.Elsewhere, line[length..], length)
            : new TranscriptLine(TranscriptLineKind.Output, line, 0);
    }
}
