using System.CommandLine;
using Midwatch.Cli.Compiling;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch compile</c>: what Midwatch understands of runbooks.</summary>
internal static class CompileCommand
{
    internal static Command Build(Screen screen)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Markdown files, or folders whose *.md and *.markdown are taken.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = CommonOptions.Format("tree");
        var summary = new Option<bool>("--summary")
        {
            Description = "One line for each runbook, and how much of them was understood.",
        };
        var explain = new Option<int?>("--explain")
        {
            Description = "What was made of this line of the runbook, and why.", HelpName = "LINE",
        };
        var command = new Command("compile", """
            Shows what Midwatch understands of runbooks: procedures, scenarios, and what each command would do.
            Needs no cluster; runs nothing.

            Examples:
              midwatch compile runbook.md
              midwatch compile docs/runbooks --summary
              midwatch compile runbook.md --explain 74
              midwatch compile runbook.md --format json

            Exit status: 0 compiled (also where a diagnostic says that something is wrong), 2 wrong use or no such text.
            """)
        {
            paths, format, summary, explain,
        };
        command.Validators.Add(result =>
        {
            var ways = (result.GetValue(summary) ? 1 : 0) + (result.GetValue(explain) is null ? 0 : 1)
                + (result.GetValue(format) == "json" ? 1 : 0);
            if (ways > 1)
            {
                result.AddError("--summary, --explain and --format json each show another thing; give one of them.");
            }
        });
        command.SetAction(parsed => new CompileVerb(screen).Run(new CompileRequest
        {
            Paths = [.. parsed.GetValue(paths) ?? []],
            Json = parsed.GetValue(format) == "json",
            Summary = parsed.GetValue(summary),
            Explain = parsed.GetValue(explain),
        }));
        return command;
    }
}
