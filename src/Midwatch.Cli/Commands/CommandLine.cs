using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary>The whole command line: verbs, their help, and how its mistakes are told.</summary>
internal static class CommandLine
{
    private const string Description = """
        Runs the Markdown runbooks that your team already has: diagnoses when the alert fires, picks the scenario
        from evidence, acts under approval, proves recovery, writes the post-mortem.

        Start here:
          midwatch demo                  a broken system on a local cluster, healed by its own runbook
          midwatch compile RUNBOOK.md    what Midwatch understands of one of your runbooks
        """;

    internal static async Task<int> InvokeAsync(Screen screen, string[] args)
    {
        var root = new RootCommand(Description) { DemoCommand.Build(screen), ClusterCommand.Build(screen) };
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpAction)
        {
            foreach (var error in parsed.Errors)
            {
                screen.Complain(error.Message);
            }

            screen.Hint($"See '{Invoked(parsed)} --help'.");
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    }

    private static string Invoked(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is not null; result = result.Parent)
        {
            if (result is CommandResult command)
            {
                names.Insert(0, command.Command.Name);
            }
        }

        return string.Join(' ', names);
    }
}
