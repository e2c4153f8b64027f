using Midwatch.Cli.Terminal;
using Midwatch.Shell.Syntax;

namespace Midwatch.Cli.Checking;

/// <summary>Shows a diagnostic with the line it is about and a caret under the place.</summary>
internal sealed class ShellExcerpt(Screen screen)
{
    private const int WidthMax = 100;

    internal void Show(CheckedShell shell, ShellDiagnostic diagnostic)
    {
        var start = shell.Locate(diagnostic.Span.Start);
        var end = shell.Locate(diagnostic.Span.End);
        var message = $"{shell.Path}:{start}: {screen.Paint(Ink.Red, diagnostic.Code)}: {diagnostic.Message}";
        screen.Line(message);
        var line = shell.Text.Split('\n')[start.Line - 1].TrimEnd('\r');

        // Of a very long line only the surroundings of the place.
        var from = start.Column <= WidthMax ? 0 : start.Column - (WidthMax / 2);
        var shown = line[from..Math.Min(line.Length, from + WidthMax)];
        var width = start.Line == end.Line ? Math.Max(1, end.Column - start.Column) : 1;
        var room = Math.Max(1, shown.Length - (start.Column - 1 - from));
        var caret = Padding(shown, start.Column - 1 - from) + new string('^', Math.Min(width, room));
        var number = $"{start.Line,5}";
        screen.Line($"{screen.Paint(Ink.Dim, $"{number} |")} {shown}");
        screen.Line($"{screen.Paint(Ink.Dim, "      |")} {screen.Paint(Ink.Red, caret)}");
        screen.Line($"{screen.Paint(Ink.Dim, "      =")} {diagnostic.Remedy}");
    }

    // Tabs stay tabs, so that the caret stands under its character.
    private static string Padding(string line, int length) =>
        string.Concat(line.Take(length).Select(c => c == '\t' ? '\t' : ' ')).PadRight(Math.Max(0, length));
}
