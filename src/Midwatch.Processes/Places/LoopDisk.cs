using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Midwatch.Processes.Places;

/// <summary>
/// Mounts a file as a disk through a loop device, which the kernel lets go of with the last mount of it.
/// </summary>
internal static class LoopDisk
{
    private const nuint GetFree = 0x4C82;
    private const nuint SetDescriptor = 0x4C00;
    private const nuint SetStatus = 0x4C04;
    private const nuint ClearDescriptor = 0x4C01;
    private const int StatusBytes = 232;
    private const int FlagsOffset = 52;
    private const int NameOffset = 56;
    private const int NameBytes = 63;
    private const uint AutoClear = 4;
    private const int AttemptsMax = 100;
    private const int RetryMilliseconds = 20;

    private static readonly Lock OneAtATime = new();

    public static unsafe void Mount(string file, string target)
    {
        lock (OneAtATime)
        {
            // A disk that another program has mounted must be used through the same device, or it would be damaged.
            // A device that is just being let go of refuses, and is gone a moment later.
            for (var attempt = 0; DeviceOf(file) is { } present; attempt++)
            {
                if (PlaceNative.Mount(present, target, "ext4", 0, null) == 0)
                {
                    return;
                }

                if (attempt == AttemptsMax)
                {
                    throw new IOException($"{file}: the disk stays in use.");
                }

                _ = Native.Poll(null, 0, RetryMilliseconds);
            }

            var (device, held) = Attach(file);
            using (held)
            {
                PlaceBuilder.Check(PlaceNative.Mount(device, target, "ext4", 0, null), file);
            }
        }
    }

    /// <summary>The loop device of a file, or null.</summary>
    public static string? DeviceOf(string file)
    {
        foreach (var folder in Directory.EnumerateDirectories("/sys/block", "loop*"))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "loop", "backing_file")).Trim() == file)
                {
                    return "/dev/" + Path.GetFileName(folder);
                }
            }
            catch (IOException)
            {
                // Not in use, or just let go of.
                continue;
            }
        }

        return null;
    }

    private static unsafe (string Device, SafeFileHandle Held) Attach(string file)
    {
        using var control = File.OpenHandle("/dev/loop-control", FileMode.Open, FileAccess.ReadWrite);
        using var backing = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var status = stackalloc byte[StatusBytes];
        for (var attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var number = Native.DeviceControl((int)control.DangerousGetHandle(), GetFree, null);
            PlaceBuilder.Check(number < 0 ? -1 : 0, "/dev/loop-control");
            var device = "/dev/loop" + number.ToString(CultureInfo.InvariantCulture);
            var held = File.OpenHandle(device, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var descriptor = (int)held.DangerousGetHandle();
            // Somebody else may have taken the free one meanwhile.
            if (Native.DeviceControl(descriptor, SetDescriptor, (void*)backing.DangerousGetHandle()) == 0)
            {
                new Span<byte>(status, StatusBytes).Clear();
                *(uint*)(status + FlagsOffset) = AutoClear;
                var name = System.Text.Encoding.UTF8.GetBytes(file);
                name.AsSpan(0, Math.Min(name.Length, NameBytes)).CopyTo(new Span<byte>(status + NameOffset, NameBytes));
                if (Native.DeviceControl(descriptor, SetStatus, status) == 0)
                {
                    return (device, held);
                }

                _ = Native.DeviceControl(descriptor, ClearDescriptor, null);
            }

            held.Dispose();
        }

        throw new System.ComponentModel.Win32Exception("No loop device is free.");
    }
}
