using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>
/// read(2) and write(2) on descriptors that are shared with running programs: the position in a file is theirs too, so
/// the streams of .NET, which keep their own, would write over what a program wrote.
/// </summary>
internal static partial class NativeFile
{
    private const int Interrupted = 4;
    private const int BrokenPipe = 32;

    // A write of at most PIPE_BUF bytes to a pipe that poll calls writable does not block.
    private const int PortionBytes = 4096;
    private const int PollMilliseconds = 50;

    /// <summary>Writes everything, as far as it can.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the reader.</exception>
    public static WriteResult Write(
        SafeFileHandle handle, ReadOnlySpan<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            if (!WaitToWrite(handle, cancellationToken))
            {
                return WriteResult.Failed;
            }

            var written = WriteSome(handle, in MemoryMarshal.GetReference(bytes), Math.Min(bytes.Length, PortionBytes));
            if (written < 0 && Marshal.GetLastPInvokeError() is not Interrupted and var error)
            {
                return error == BrokenPipe ? WriteResult.NobodyReads : WriteResult.Failed;
            }

            bytes = bytes[(int)Math.Max(0, written)..];
        }

        return WriteResult.Written;
    }

    /// <summary>
    /// Reads what is there, at least one byte unless it is the end: then 0, and -1 when it cannot be read. Blocks when
    /// nobody has waited for it to be readable.
    /// </summary>
    public static int TryRead(SafeFileHandle handle, Span<byte> buffer)
    {
        while (!handle.IsClosed)
        {
            var read = ReadSome(handle, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (read >= 0 || Marshal.GetLastPInvokeError() != Interrupted)
            {
                return (int)read;
            }
        }

        return -1;
    }

    /// <summary>
    /// Asks access(2), which follows links and knows of rights: 0 exists, 1 may be run, 2 written, 4 read.
    /// </summary>
    public static bool Access(string path, int mode) => AccessTo(path, mode) == 0;

    private static bool WaitToWrite(SafeFileHandle handle, CancellationToken cancellationToken)
    {
        while (!handle.IsClosed)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (NativePoll.IsReady(handle, NativePoll.Out, PollMilliseconds))
            {
                return true;
            }
        }

        return false;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AccessTo(string path, int mode);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteSome(SafeFileHandle handle, in byte buffer, nint count);

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadSome(SafeFileHandle handle, ref byte buffer, nint count);
}
