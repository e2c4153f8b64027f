using System.Collections.Immutable;
using Midwatch.Shell.Syntax;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Cli.Checking;

/// <summary>Shell text after it was read.</summary>
/// <param name="Transcript">Prompts and output, where the text was read as a block of a runbook.</param>
internal sealed record CheckedShell(string Path, string Text, ShellParseResult Result, Transcript? Transcript)
{
    private HashSet<int>? _elsewhere;

    internal static CheckedShell Read(string path, string text, bool runbook)
    {
        if (!runbook)
        {
            return new CheckedShell(
                path, text,
                ShellParser.Parse(text, Plain), null);
        }

        var transcript = TranscriptReader.Read([.. text.Split('\n')]);
        return new CheckedShell(
            path, text, ShellParser.Parse(transcript.Commands, ShellParserOptions.Runbook), transcript);
    }

    private HashSet<int> Elsewhere => _elsewhere ??= LinesElsewhere.Of(this);

    private static ShellParserOptions Plain =>
        ShellParserOptions.Bash with { LengthMax = ShellFile.BytesMax, ThreadsMax = Environment.ProcessorCount };

    /// <summary>Where a place of the tree lies in the file.</summary>
    internal ShellPosition Locate(int offset) => Transcript?.Locate(offset) ?? ShellPosition.Of(Text, offset);

    /// <summary>How many commands the text holds, those within others included.</summary>
    internal int Commands => Result.Script.Statements
        .Where(statement => !Elsewhere.Contains(Locate(statement.Span.Start).Line))
        .SelectMany(ShellTree.Descendants)
        .Count(node => node is Command.Simple { Words.IsEmpty: false } or Command.Declaration);

    internal ImmutableArray<WordPart.Placeholder> Placeholders =>
        [.. ShellTree.Descendants(Result.Script).OfType<WordPart.Placeholder>()];

    /// <summary>The lines that are never run, by their numbers from 1.</summary>
    internal IEnumerable<(int Line, TranscriptLineKind Kind)> NotRun => (Transcript?.Lines ?? [])
        .Select((line, i) => (Line: i + 1, Kind: line.Kind == TranscriptLineKind.Command
            && Elsewhere.Contains(i + 1) ? TranscriptLineKind.Elsewhere : line.Kind))
        .Where(line => line.Kind != TranscriptLineKind.Command);
}
