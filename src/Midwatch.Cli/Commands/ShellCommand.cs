using System.CommandLine;
using Midwatch.Cli.Terminal;

namespace Midwatch.Cli.Commands;

/// <summary><c>midwatch shell</c>: bash read without a shell.</summary>
internal static class ShellCommand
{
    internal static Command Build(Screen screen) => new("shell", """
        Reads shell text as Midwatch reads the blocks of a runbook, without a shell and without a runbook around it.

        Examples:
          midwatch shell check install.sh
        """)
    {
        ShellCheckCommand.Build(screen),
    };
}
