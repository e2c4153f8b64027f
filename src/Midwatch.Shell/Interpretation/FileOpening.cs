using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// open(2). It waits where a named pipe has nobody at its other end, and a cancellation ends that.
/// </summary>
internal static partial class FileOpening
{
    private const int WriteOnly = 1;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int Truncate = 0x200;
    private const int Append = 0x400;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int PathOnly = 0x200000;

    // These two differ between processors (asm/fcntl.h).
    private static readonly int DirectoryOnly =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    private static readonly int NoFollow =
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    private const int AtWorkingDirectory = -100;
    private const int NewFileMode = 0x1B6; // 0666 before the umask
    private const int ReleaseMilliseconds = 5;

    /// <summary>Opens a file to read.</summary>
    public static OpenedFile ToRead(string path, CancellationToken cancellationToken) =>
        Waiting(path, () => Open(AtWorkingDirectory, path, CloseOnExec), cancellationToken);

    /// <summary>Opens a file to write, making it when it is not there.</summary>
    public static OpenedFile ToWrite(string path, FileUseMode mode, CancellationToken cancellationToken) =>
        Waiting(path, () => Open(AtWorkingDirectory, path, Flags(mode)), cancellationToken);

    /// <summary>
    /// Opens a file below a folder to write. From the folder on no link is followed, so that nobody can exchange a
    /// folder for a link between the look at the path and this.
    /// </summary>
    /// <param name="folder">Absolute, without links.</param>
    /// <param name="relative">Without links, <c>.</c> and <c>..</c>.</param>
    public static OpenedFile ToWriteBelow(
        string folder, string relative, FileUseMode mode, CancellationToken cancellationToken)
    {
        var names = relative.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Open(AtWorkingDirectory, folder, PathOnly | DirectoryOnly | CloseOnExec);
        try
        {
            foreach (var name in names.AsSpan(0, Math.Max(0, names.Length - 1)))
            {
                if (at.Handle is not { } parent)
                {
                    return at;
                }

                at = Open(parent, name, PathOnly | DirectoryOnly | NoFollow | CloseOnExec);
                parent.Dispose();
            }

            return at.Handle is { } last
                ? Waiting(
                    $"{folder}/{relative}",
                    () => Open(last, names.Length == 0 ? "." : names[^1], Flags(mode) | NoFollow),
                    cancellationToken)
                : at;
        }
        finally
        {
            at.Handle?.Dispose();
        }
    }

    private static int Flags(FileUseMode mode) => Create | CloseOnExec | mode switch
    {
        FileUseMode.Append => WriteOnly | Append,
        FileUseMode.ReadWrite => ReadWrite,
        FileUseMode.Create => WriteOnly | Exclusive,
        _ => WriteOnly | Truncate,
    };

    private static OpenedFile Waiting(string path, Func<OpenedFile> open, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(() => _ = ReleaseAsync(path, done.Task));
        var opened = open();
        done.SetResult();
        return opened;
    }

    // fifo(7): whoever opens a named pipe for both waits for nobody, and those that wait at either end go on.
    private static async Task ReleaseAsync(string path, Task done)
    {
        while (!done.IsCompleted)
        {
            Open(AtWorkingDirectory, path, ReadWrite | NonBlocking | CloseOnExec).Handle?.Dispose();
            await Task.WhenAny(
                done, Task.Delay(TimeSpan.FromMilliseconds(ReleaseMilliseconds), TimeProvider.System));
        }
    }

    private static OpenedFile Open(SafeFileHandle folder, string name, int flags)
    {
        var added = false;
        try
        {
            folder.DangerousAddRef(ref added);
            return Open((int)folder.DangerousGetHandle(), name, flags);
        }
        finally
        {
            if (added)
            {
                folder.DangerousRelease();
            }
        }
    }

    private static OpenedFile Open(int folder, string name, int flags)
    {
        var descriptor = OpenAt(folder, name, flags, NewFileMode);
        return descriptor < 0
            ? new OpenedFile(null, Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError()))
            : new OpenedFile(new SafeFileHandle(descriptor, ownsHandle: true), string.Empty);
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenAt(int folder, string path, int flags, int mode);
}
