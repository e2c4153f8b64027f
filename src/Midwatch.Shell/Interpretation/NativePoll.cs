using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Shell.Interpretation;

/// <summary>poll(2).</summary>
internal static partial class NativePoll
{
    public const short In = 1;
    public const short Out = 4;

    /// <summary>Whether a descriptor is ready, in error or at its end within the time.</summary>
    public static bool IsReady(SafeFileHandle handle, short events, int milliseconds)
    {
        var added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            var poll = new PollDescriptor { Descriptor = (int)handle.DangerousGetHandle(), Events = events };
            return Poll(ref poll, 1, milliseconds) != 0;
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Waits until one of them can be read; says which. A closed one counts as ready.</summary>
    public static bool[] Wait(SafeFileHandle[] handles)
    {
        var held = new bool[handles.Length];
        var entries = new PollDescriptor[handles.Length];
        try
        {
            for (var i = 0; i < handles.Length; i++)
            {
                if (handles[i].IsClosed)
                {
                    entries[i].Descriptor = -1;
                    continue;
                }

                handles[i].DangerousAddRef(ref held[i]);
                entries[i] = new PollDescriptor { Descriptor = (int)handles[i].DangerousGetHandle(), Events = In };
            }

            var timeout = entries.Any(entry => entry.Descriptor < 0) ? 0 : -1;
            _ = Poll(ref entries[0], (nuint)entries.Length, timeout);
            return [.. entries.Select(entry => entry.Descriptor < 0 || entry.Returned != 0)];
        }
        finally
        {
            for (var i = 0; i < handles.Length; i++)
            {
                if (held[i])
                {
                    handles[i].DangerousRelease();
                }
            }
        }
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
