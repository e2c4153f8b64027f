using System.ComponentModel;

namespace Midwatch.Processes.Places;

/// <summary>Makes a disk larger while programs use it.</summary>
public static class PlaceDisk
{
    private const int FreeAttemptsMax = 50;
    private const int FreeMilliseconds = 20;
    private const nuint LoopCapacity = 0x4C07;
    private const nuint ResizeFileSystem = 0x40086610;

    /// <summary>
    /// True when no program has the disk mounted. The last one's end takes a moment, so a second at most is waited.
    /// </summary>
    public static unsafe bool IsFree(string file)
    {
        for (var attempt = 0; attempt < FreeAttemptsMax; attempt++)
        {
            if (LoopDisk.DeviceOf(file) is null)
            {
                return true;
            }

            _ = Native.Poll(null, 0, FreeMilliseconds);
        }

        return false;
    }

    /// <summary>Grows the disk and the file system on it; an error text, or null.</summary>
    /// <param name="place">A place in which the disk is mounted, with a program that runs in it.</param>
    /// <param name="target">Where it is mounted there.</param>
    public static string? Grow(ProgramPlace place, string target, string file, long bytes)
    {
        string? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Grow(file, bytes);
                PlaceBuilder.Enter(place);
                Resize(target, bytes);
            }
            catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException)
            {
                failure = error.Message;
            }
        });
        thread.Start();
        thread.Join();
        return failure;
    }

    private static unsafe void Grow(string file, long bytes)
    {
        using (var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            RandomAccess.SetLength(handle, Math.Max(bytes, RandomAccess.GetLength(handle)));
        }

        var device = LoopDisk.DeviceOf(file) ?? throw new IOException("The disk is not mounted.");
        using var held = File.OpenHandle(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        PlaceBuilder.Check(Native.DeviceControl((int)held.DangerousGetHandle(), LoopCapacity, null), device);
    }

    private static unsafe void Resize(string target, long bytes)
    {
        var descriptor = Native.Open(target, Native.ReadOnly | Native.CloseOnExec, 0);
        PlaceBuilder.Check(descriptor < 0 ? -1 : 0, target);
        using var held = new Microsoft.Win32.SafeHandles.SafeFileHandle(descriptor, ownsHandle: true);
        var blocks = (ulong)bytes / (ulong)BlockBytes(target);
        PlaceBuilder.Check(Native.DeviceControl(descriptor, ResizeFileSystem, &blocks), target);
    }

    private static unsafe long BlockBytes(string target)
    {
        // struct statfs: type, block size, …, each eight bytes
        var answer = stackalloc long[32];
        PlaceBuilder.Check(PlaceNative.StatFileSystem(target, answer), target);
        return answer[1];
    }
}
