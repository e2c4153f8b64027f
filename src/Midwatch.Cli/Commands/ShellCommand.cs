using System.CommandLine;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch shell</c>: bash read and run without a shell.</summary>
internal static class ShellCommand
{
    internal static Command Build(Screen screen) => new("shell", """
        Reads and runs shell text as Midwatch does the blocks of a runbook,
            without a shell and without a runbook around it.

        Examples:
          midwatch shell check install.sh
          midwatch shell run diagnose.sh --policy read
        """)
    {
        ShellCheckCommand.Build(screen),
        ShellRunCommand.Build(screen),
    };
}
