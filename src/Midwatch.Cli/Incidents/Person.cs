using System.Runtime.InteropServices;
using Midwatch.Incidents.Approvals;

namespace Midwatch.Cli.Incidents;

/// <summary>Who sits at the terminal: the user of the operating system.</summary>
internal static partial class Person
{
    internal static Approver AtThisTerminal() => new(Environment.UserName, UserId(), Environment.MachineName);

    [LibraryImport("libc", EntryPoint = "getuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint UserId();
}
