using System.Collections.Immutable;
using Midwatch.Cli.Terminal;
using Midwatch.Shell.Transcripts;

namespace Midwatch.Cli.Checking;

/// <summary>Says whether shell text is sound, and where it is not.</summary>
/// <param name="standardInput">Opened only when a path is <c>-</c>.</param>
internal sealed class ShellCheckVerb(Screen screen, Func<Stream> standardInput)
{
    internal int Run(IReadOnlyList<string> paths, bool runbook, bool json)
    {
        var shells = ImmutableArray.CreateBuilder<CheckedShell>(paths.Count);
        var unread = false;
        foreach (var path in paths)
        {
            var (text, problem) = ShellFile.Read(path, standardInput);
            if (text is not null)
            {
                using var heap = new GrowingHeap(text.Length);
                shells.Add(CheckedShell.Read(path == "-" ? "<stdin>" : path, text, runbook));
                continue;
            }

            screen.Complain(problem ?? path);
            unread = true;
        }

        if (json)
        {
            screen.Line(ShellCheckJson.Write(shells.ToImmutable()));
        }
        else
        {
            foreach (var shell in shells)
            {
                Show(shell, runbook);
            }
        }

        return unread ? ExitCodes.Usage : shells.All(shell => shell.Result.IsSound) ? ExitCodes.Well : ExitCodes.No;
    }

    private void Show(CheckedShell shell, bool runbook)
    {
        foreach (var diagnostic in shell.Result.Diagnostics)
        {
            new ShellExcerpt(screen).Show(shell, diagnostic);
        }

        if (!shell.Result.IsSound)
        {
            HintAtMarkdown(shell);
            return;
        }

        var sound = screen.Paint(Ink.Green, "sound");
        screen.Line($"{shell.Path}: {sound}{(runbook ? Counted(shell) : string.Empty)}");
    }

    private static string Counted(CheckedShell shell)
    {
        var placeholders = string.Join(", ", shell.Placeholders.Select(placeholder => placeholder.Name).Distinct());
        var output = shell.NotRun.Count(line => line.Kind == TranscriptLineKind.Output);
        var elsewhere = shell.NotRun.Count(line => line.Kind == TranscriptLineKind.Elsewhere);
        return $", {Count(shell.Commands, "command")}"
            + (placeholders.Length > 0 ? $"; to fill in: {placeholders}" : string.Empty)
            + (output > 0 ? $"; {Count(output, "line")} of output" : string.Empty)
            + (elsewhere > 0 ? $"; {Count(elsewhere, "line")} for another shell" : string.Empty);
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? string.Empty : "s")}";

    private void HintAtMarkdown(CheckedShell shell)
    {
        if (Path.GetExtension(shell.Path) is ".md" or ".markdown")
        {
            screen.Hint($"{shell.Path} is Markdown; 'midwatch compile {shell.Path}' reads the blocks in it.");
        }
    }
}
