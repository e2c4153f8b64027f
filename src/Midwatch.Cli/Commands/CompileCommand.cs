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
            Description = "Markdown files, or folders whose *.md, *.markdown, *.mdx and *.md.erb are taken.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = new Option<CompileFormat>("--format")
        {
            Description = "tree for people, json for programs; html, a page to look at, with --summary.",
            HelpName = "tree|json|html",
        };
        var summary = new Option<bool>("--summary")
        {
            Description = "Numbers of each and all: commands by effect, completeness, what was not understood.",
        };
        var explain = new Option<int?>("--explain")
        {
            Description = "What was made of this line of the runbook, and why.", HelpName = "LINE",
        };
        var effects = CommonOptions.Effects();
        var command = new Command("compile", """
            Shows what Midwatch understands of runbooks: procedures, scenarios, and what each command would do.
            Needs no cluster; runs nothing.

            Examples:
              midwatch compile runbook.md
              midwatch compile docs/runbooks --summary
              midwatch compile docs/runbooks --summary --format html > summary.html
              midwatch compile runbook.md --explain 74
              midwatch compile runbook.md --format json
              midwatch compile docs/runbooks --effects docs/effects

            Exit status: 0 compiled (also where a diagnostic says that something is wrong), 2 wrong use or no such text.
            """)
        {
            paths, format, summary, explain, effects,
        };
        command.Validators.Add(result =>
        {
            var shape = result.GetValue(format);
            if (result.GetValue(explain) is not null && (result.GetValue(summary) || shape != CompileFormat.Tree))
            {
                result.AddError("--explain shows one line for people; it goes with neither --summary nor --format.");
            }

            if (shape == CompileFormat.Html && !result.GetValue(summary))
            {
                result.AddError("--format html shows a summary; give --summary with it.");
            }
        });
        command.SetAction(parsed => new CompileVerb(screen).Run(new CompileRequest
        {
            Paths = [.. parsed.GetValue(paths) ?? []],
            Format = parsed.GetValue(format),
            Summary = parsed.GetValue(summary),
            Explain = parsed.GetValue(explain),
            Effects = parsed.GetValue(effects),
        }));
        return command;
    }
}
