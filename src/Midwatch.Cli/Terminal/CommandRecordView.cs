using System.Collections.Immutable;
using Midwatch.Incidents.Actions;
using Midwatch.Runbooks.Procedures;

namespace Midwatch.Cli.Terminal;

/// <summary>Shows a command that ran, or was kept from it: a line, and what is needed to understand it.</summary>
internal sealed class CommandRecordView(Screen screen)
{
    private const int OutputLinesMax = 6;
    private const int Indent = 24;

    /// <param name="wholeOutput">All that it printed, not only the end of what failed or acted.</param>
    internal void Show(CommandRecord command, bool wholeOutput = false)
    {
        var (ink, mark) = command.End switch
        {
            CommandEnd.Succeeded => (Ink.Green, "✓"),
            CommandEnd.AskedAnotherWay => (Ink.Cyan, "~"),
            CommandEnd.LeftOut => (Ink.Dim, "–"),
            _ => (Ink.Yellow, "!"),
        };
        var place = command.Line > 0 ? $"line {command.Line,3}" : "        ";
        screen.Line($"  {screen.Paint(ink, mark)} {screen.Paint(Ink.Dim, place)}  {Layout.Seconds(command.Took),6}  "
            + Layout.Cut(command.Text, Layout.Width - Indent));
        if (command.Remark is { } remark)
        {
            screen.Line($"{new string(' ', Indent)}{Layout.Wrap(remark, Indent)}");
        }

        Show(command.Refusals, Indent);
        if (wholeOutput)
        {
            ShowWhole(command.Output);
        }
        else if (command.Phase is Phase.Resolve || command.End is CommandEnd.Failed or CommandEnd.TimedOut)
        {
            ShowEnd(command.Output);
        }
    }

    internal void Show(ImmutableArray<Refusal> refusals, int indent)
    {
        foreach (var refusal in refusals)
        {
            var place = refusal.Line > 0 ? $"line {refusal.Line}:{refusal.Column}: " : string.Empty;
            var remedy = refusal.Remedy is { } text ? $" {text}" : string.Empty;
            screen.Line(new string(' ', indent)
                + screen.Paint(Ink.Yellow, Layout.Wrap($"{place}{refusal.Reason}{remedy}", indent)));
        }
    }

    private void ShowEnd(string output)
    {
        foreach (var line in output.TrimEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .TakeLast(OutputLinesMax))
        {
            screen.Line(new string(' ', Indent) + screen.Paint(Ink.Dim, Layout.Cut(line, Layout.Width - Indent)));
        }
    }

    // Tables keep their columns: nothing is wrapped, only what would steer a terminal is taken out.
    private void ShowWhole(string output)
    {
        foreach (var line in output.TrimEnd().Split('\n'))
        {
            screen.Line("      "
                + string.Concat(line.TrimEnd().Replace("\t", "    ", StringComparison.Ordinal)
                    .Where(each => !char.IsControl(each))));
        }
    }
}
