using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Shell.Syntax;

namespace Midwatch.Shell.Transcripts;

/// <summary>Goes through the lines of a block that has prompts, in order.</summary>
internal sealed partial class TranscriptWalk(
    ImmutableArray<string> lines, BlockPrompts prompts, TranscriptOptions options)
{
    // A command of more lines is none that somebody typed at a prompt.
    private const int CommandLinesMax = 200;

    private readonly ImmutableArray<TranscriptLine>.Builder _result =
        ImmutableArray.CreateBuilder<TranscriptLine>(lines.Length);

    private string? _opened;
    private string? _opener;
    private bool _answers;

    public Transcript Read()
    {
        while (_result.Count < lines.Length)
        {
            Take(lines[_result.Count]);
        }

        return new Transcript(_result.ToImmutable(), HasPrompts: true);
    }

    public static TranscriptLine Plain(string line) => new(TranscriptLineKind.Command, line, 0);

    private void Take(string line)
    {
        var here = prompts.Here(line);
        if (here > 0 && _opened is { } opened && Host(line[..here]) is { } host && host != _opener)
        {
            // The prompt names another machine than the one at which a shell was opened.
            Add(TranscriptLineKind.Elsewhere, here, opened);
        }
        else if (here > 0)
        {
            Add(TranscriptLineKind.Command, here, null);
        }
        else if (prompts.There(line) is { } there)
        {
            Add(TranscriptLineKind.Elsewhere, there.Length, there.Place);
        }
        else if (BlockPrompts.RootText(line) is { } text && IsAtRootPrompt(text))
        {
            Add(TranscriptLineKind.Elsewhere, line.Length - text.Length, _opened ?? "root");
        }
        else if (line.AsSpan().Trim().IsEmpty)
        {
            _answers = false;
            _result.Add(Plain(line));
        }
        else
        {
            _result.Add(BlockPrompts.RootText(line) is not null && !_answers
                ? Plain(line) : new TranscriptLine(TranscriptLineKind.Output, line, 0));
        }
    }

    /// <summary>
    /// <c># cmd</c> is a comment, unless a shell was opened before it, or it opens the place at whose prompt the next
    /// line stands: then it is the prompt of a root shell.
    /// </summary>
    private bool IsAtRootPrompt(string text) => _opened is not null and not ("database" or "repl")
        ? options.MayBeCommand(text)
        : _result.Count + 1 < lines.Length && prompts.There(lines[_result.Count + 1]) is not null
            && OpenedPlaces.OpenedBy(text) is not null;

    /// <summary>The line at a prompt and those that finish it.</summary>
    private void Add(TranscriptLineKind kind, int promptLength, string? place)
    {
        var first = _result.Count;
        _result.Add(new TranscriptLine(kind, lines[first][promptLength..], promptLength) { Place = place });
        if (place is "database" or "repl")
        {
            AddAnswered(kind, place);
        }
        else
        {
            AddUnfinished(kind, place);
        }

        var text = string.Join('\n', _result.Skip(first).Select(line => line.Text));
        var opened = OpenedPlaces.OpenedBy(text);
        _opened = kind == TranscriptLineKind.Command ? opened : opened ?? _opened;
        _opener = kind == TranscriptLineKind.Command ? Host(lines[first][..promptLength]) : _opener;
        _answers = place is "database" or "repl";
    }

    /// <summary>What follows at the second prompt of a database or an interpreter.</summary>
    private void AddAnswered(TranscriptLineKind kind, string place)
    {
        while (_result.Count < lines.Length && prompts.There(lines[_result.Count]) is null
            && PromptPatterns.More(lines[_result.Count], place) is > 0 and var more)
        {
            _result.Add(new TranscriptLine(kind, lines[_result.Count][more..], more)
            {
                Place = place, Continues = true,
            });
        }
    }

    /// <summary>What finishes a command of a shell: continuations, open quotes, here-documents.</summary>
    private void AddUnfinished(TranscriptLineKind kind, string? place)
    {
        var first = _result.Count - 1;
        var text = _result[first].Text;
        var sure = _result.Count;
        for (var next = first + 1; next < Math.Min(lines.Length, first + CommandLinesMax) && IsUnfinished(text); next++)
        {
            // The shell shows "> " there, or what was pasted shows nothing.
            var shown = lines[next].StartsWith("> ", StringComparison.Ordinal) ? 2 : 0;
            var goesOn = text.EndsWith('\\');
            _result.Add(new TranscriptLine(kind, lines[next][shown..], shown) { Place = place, Continues = true });
            text += "\n" + lines[next][shown..];
            sure = goesOn && sure == next ? _result.Count : sure;
        }

        // A quote that is never closed swallows nothing: what follows may be output, and the command is refused.
        while (IsUnfinished(text) && _result.Count > sure)
        {
            _result.RemoveAt(_result.Count - 1);
        }
    }

    private static bool IsUnfinished(string text) =>
        text.EndsWith('\\') || ShellParser.Parse(text, ShellParserOptions.Runbook).IsUnfinished;

    /// <summary>The machine that a prompt names: <c>user@host</c>; null for none.</summary>
    private static string? Host(string prompt) =>
        HostName().Match(prompt) is { Success: true } host ? host.Value : null;

    [GeneratedRegex(@"[\w.-]+@[\w.-]+", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();
}
