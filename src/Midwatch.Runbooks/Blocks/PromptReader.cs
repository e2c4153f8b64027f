using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Midwatch.Runbooks.Outlines;
using Midwatch.Runbooks.Steps;

namespace Midwatch.Runbooks.Blocks;

/// <summary>
/// Takes prompts off. A block that has one prompt is a session: only lines with a prompt are commands, the rest is
/// output. A prompt of another shell or of a database means that the line belongs there and never here.
/// </summary>
internal static partial class PromptReader
{
    /// <summary>The shell text of a block.</summary>
    public static BlockText Read(OutlineNode.Code block)
    {
        if (!block.Lines.Any(line => Prompt().IsMatch(line)))
        {
            return block.Lines.Any(line => Elsewhere().IsMatch(line))
                ? new BlockText([], [],
                    [.. block.Lines.Select((line, i) => new OutputLine(line, block.Origins[i].Line))])
                : new BlockText(block.Lines, block.Origins, []);
        }

        var lines = ImmutableArray.CreateBuilder<string>();
        var origins = ImmutableArray.CreateBuilder<LineOrigin>();
        var output = ImmutableArray.CreateBuilder<OutputLine>();
        var until = default(string);
        var continued = false;
        for (var i = 0; i < block.Lines.Length; i++)
        {
            var line = block.Lines[i];
            var match = Prompt().Match(line);
            if (until is not null || continued)
            {
                // Behind a backslash, or inside a here-document, the shell shows "> " or nothing.
                var rest = Continuation().Match(line) is { Success: true } more && until is null ? more.Length : 0;
                Add(line[rest..], block.Origins[i], rest);
                until = until is not null && line.Trim() == until ? null : until;
            }
            else if (match.Success)
            {
                Add(line[match.Length..], block.Origins[i], match.Length);
                until = HereDocument().Match(line) is { Success: true } here ? here.Groups["end"].Value : null;
            }
            else if (line.TrimStart().StartsWith("# ", StringComparison.Ordinal) || line.Trim().Length == 0)
            {
                Add(line, block.Origins[i], 0);
            }
            else
            {
                output.Add(new OutputLine(line, block.Origins[i].Line));
                continue;
            }

            continued = line.EndsWith('\\');
        }

        return new BlockText(lines.ToImmutable(), origins.ToImmutable(), output.ToImmutable());

        void Add(string text, LineOrigin origin, int taken)
        {
            lines.Add(text);
            origins.Add(origin with { Column = origin.Column + taken });
        }
    }

    [GeneratedRegex(
        @"^\s*(\(?[\w.-]+\)?\s+)?([\w.-]+@[\w.-]+(:[^\s$#]*)?\s*)?\$ (?=\S)|^\s*[\w.-]+@[\w.-]+:\S*[#$] (?=\S)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Prompt();

    [GeneratedRegex(
        @"^\s*(sh-[\d.]+[#$]|bash-[\d.]+[#$]|/ #|\[[\w.-]+@[\w.-]+ [^\]]*\][#$]|[\w-]+=[#>]|[\w.-]+:\d+>|mysql>|MariaDB \[[^\]]*\]>|psql>|redis>|irb[^>]*>|>>>|pry\([^)]*\)>|sqlite>|mongo>|cqlsh>|\(Pdb\)) ?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"^> ", RegexOptions.CultureInvariant)]
    private static partial Regex Continuation();

    [GeneratedRegex(@"<<-?\s*['""]?(?<end>\w+)['""]?", RegexOptions.CultureInvariant)]
    private static partial Regex HereDocument();
}
