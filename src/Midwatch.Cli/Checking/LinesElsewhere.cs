using Midwatch.Shell.Transcripts;

namespace Midwatch.Cli.Checking;

/// <summary>
/// The lines of a block that run in shells which the commands before them opened: told as the compiler tells it.
/// </summary>
internal static class LinesElsewhere
{
    internal static HashSet<int> Of(CheckedShell shell)
    {
        var found = new HashSet<int>();
        if (shell.Transcript is { } transcript)
        {
            var shells = new OpenedShells();
            foreach (var (text, line, last, prompted) in InOrder(shell, transcript))
            {
                if (shells.Enter(text, Program(text), line, prompted) is not null)
                {
                    found.UnionWith(Enumerable.Range(line, last - line + 1));
                }
            }
        }

        return found;
    }

    private static IEnumerable<(string Text, int Line, int Last, OpenedShell? Prompted)> InOrder(
        CheckedShell shell, Transcript transcript)
    {
        var text = transcript.Commands;
        var here = shell.Result.Script.Statements.Select(statement => statement.Span).Select(span => (
            text[span.Start..Math.Min(span.End, text.Length)], shell.Locate(span.Start).Line,
            shell.Locate(Math.Max(span.Start, span.End - 1)).Line, (OpenedShell?)null));
        var there = transcript.Lines.Select((line, at) => (Line: line, Number: at + 1))
            .Where(each => each.Line is { Place: not null, Continues: false })
            .Select(each => (each.Line.Text, each.Number, each.Number,
                (OpenedShell?)new OpenedShell(each.Line.Place!, "", each.Number)));
        return here.Concat(there).OrderBy(each => each.Item2);
    }

    private static string Program(string command) =>
        command.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(word => word != "sudo" && !word.Contains('=', StringComparison.Ordinal)) ?? "";
}
