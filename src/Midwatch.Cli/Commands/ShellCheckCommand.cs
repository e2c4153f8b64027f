using System.CommandLine;
using Midwatch.Cli.Checking;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch shell check</c>: is this bash, and where is it not.</summary>
internal static class ShellCheckCommand
{
    internal static Command Build(Screen screen)
    {
        var paths = new Argument<string[]>("FILE")
        {
            Description = "Shell text; - is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var runbook = new Option<bool>("--runbook")
        {
            Description = "Read it as a block of a runbook: placeholders, prompts, output, damage by an editor.",
        };
        var format = CommonOptions.Format("text");
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var command = new Command("check", """
            Checks that shell text is sound bash; runs nothing. What is not is shown with its place and a remedy.

            Examples:
              midwatch shell check install.sh lib/*.sh
              midwatch shell check --runbook block.txt
              echo 'kubectl logs <pod-name>' | midwatch shell check --runbook --json -

            Exit status: 0 all sound, 1 something is not, 2 wrong use or no such file.
            """)
        {
            paths, runbook, format, json,
        };
        command.SetAction(parsed => new ShellCheckVerb(screen, Console.OpenStandardInput).Run(
            parsed.GetRequiredValue(paths),
            runbook: parsed.GetValue(runbook),
            json: parsed.GetValue(json) || parsed.GetValue(format) == "json"));
        return command;
    }
}
