using System.Collections.Immutable;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Runbooks.Blocks;

/// <summary>
/// The shell text of a block, told from its prompts, its output and what runs elsewhere
/// (<see cref="TranscriptReader"/>).
/// </summary>
internal static class BlockTextReader
{
    public static BlockText Read(OutlineNode.Code block, BlockLanguages languages)
    {
        var options = new TranscriptOptions
        {
            IsProgram = languages.IsProgram,
            MayBeCommand = languages.MayBeCommand,
            IsSession = languages.IsSession(block.Language),
        };
        if (!TranscriptReader.HasPrompts(block.Lines, options))
        {
            return new BlockText(block.Lines, block.Origins, [], []);
        }

        var transcript = TranscriptReader.Read(block.Lines, options);
        var lines = ImmutableArray.CreateBuilder<string>();
        var origins = ImmutableArray.CreateBuilder<LineOrigin>();
        var output = ImmutableArray.CreateBuilder<OutputLine>();
        var elsewhere = ImmutableArray.CreateBuilder<PromptedLine>();
        for (var i = 0; i < transcript.Lines.Length; i++)
        {
            var (line, written) = (transcript.Lines[i], block.Lines[i]);
            var origin = block.Origins[i];
            var begins = origin with { Column = origin.Column + line.PromptLength };
            if (line.Kind == TranscriptLineKind.Command)
            {
                lines.Add(line.Text);
                origins.Add(begins);
            }
            else if (line.Kind == TranscriptLineKind.Output || line.Place is null || line.Text.Trim().Length == 0)
            {
                output.Add(new OutputLine(written, origin.Line));
            }
            else if (line.Continues && elsewhere.Count > 0)
            {
                elsewhere[^1] = elsewhere[^1] with
                {
                    Text = elsewhere[^1].Text + "\n" + line.Text.TrimEnd(),
                    Origins = elsewhere[^1].Origins.Add(begins),
                };
            }
            else
            {
                var prompt = written[..line.PromptLength].Trim();
                elsewhere.Add(new PromptedLine(line.Text.TrimEnd(), [begins], prompt, line.Place, lines.Count));
            }
        }

        return new BlockText(
            lines.ToImmutable(), origins.ToImmutable(), output.ToImmutable(), elsewhere.ToImmutable());
    }
}
