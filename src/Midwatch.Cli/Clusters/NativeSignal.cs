using System.Runtime.InteropServices;

namespace Midwatch.Cli.Clusters;

/// <summary>Signals to a process that this one did not start: kill(2).</summary>
internal static partial class NativeSignal
{
    /// <returns>Null when it was sent, else why not.</returns>
    internal static string? Send(int processId, int signal) =>
        Kill(processId, signal) == 0 ? null : Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
