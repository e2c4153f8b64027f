using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes;

/// <summary>A pipe of the operating system. Neither end is inherited by programs that are not given it.</summary>
public sealed class OsPipe : IDisposable
{
    private OsPipe(int read, int write)
    {
        Read = new(read, ownsHandle: true);
        Write = new(write, ownsHandle: true);
    }

    /// <summary>Where the bytes come out; at its end once every writing end is closed.</summary>
    public SafeFileHandle Read { get; }

    /// <summary>
    /// Where the bytes go in. Dispose it after the start of the writer, or the reader never sees the end.
    /// </summary>
    public SafeFileHandle Write { get; }

    /// <summary>Makes a pipe.</summary>
    /// <exception cref="Win32Exception">The process has no file descriptors left.</exception>
    public static unsafe OsPipe Create()
    {
        var ends = stackalloc int[2];
        return Native.Pipe(ends, Native.CloseOnExec) == 0
            ? new(ends[0], ends[1])
            : throw new Win32Exception(Marshal.GetLastPInvokeError(), "No pipe could be made.");
    }

    /// <summary>Takes the pipe apart: <c>var (read, write) = OsPipe.Create();</c>.</summary>
    public void Deconstruct(out SafeFileHandle read, out SafeFileHandle write) => (read, write) = (Read, Write);

    /// <summary>Closes both ends; an end that was closed already stays so.</summary>
    public void Dispose()
    {
        Read.Dispose();
        Write.Dispose();
    }
}
