using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Midwatch.Cli.Places;
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
          midwatch lint RUNBOOK.md       what is wrong with it
        """;

    internal static async Task<int> InvokeAsync(Screen screen, string[] args)
    {
        var colour = CommonOptions.Colour();
        var root = new RootCommand(Description)
        {
            colour,
            DemoCommand.Build(screen), CompileCommand.Build(screen), LintCommand.Build(screen),
            DiagnoseCommand.Build(screen), RunCommand.Build(screen), ShellCommand.Build(screen),
            ClusterCommand.Build(screen),
            SystemsCommand.Build(screen),
        };
        var parsed = root.Parse(args is [] ? ["--help"] : args);
        if (parsed.Action is not HelpAction && Mistakes.Of(parsed) is { IsEmpty: false } mistakes)
        {
            foreach (var mistake in mistakes)
            {
                screen.Complain(mistake);
            }

            screen.Hint($"See '{Mistakes.Invoked(parsed)} --help'.");
            return ExitCodes.Usage;
        }

        screen.Choose(parsed.GetValue(colour));
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            // Whoever pressed Ctrl-C knows.
            return ExitCodes.Interrupted;
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            // The boundary of the program: what comes here was expected by nobody.
            screen.Complain(Defect.Report(bug, Data(parsed), TimeProvider.System));
            return ExitCodes.CouldNot;
        }
    }

    private static DataDirectory Data(ParseResult parsed) =>
        DataDirectory.Resolve(parsed.GetResult("--data") is OptionResult { Errors: var errors } result && !errors.Any()
            ? result.GetValueOrDefault<string?>() : null);
}
