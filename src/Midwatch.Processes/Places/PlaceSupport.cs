using System.ComponentModel;

namespace Midwatch.Processes.Places;

/// <summary>What of places this machine lets us have. Found out by trying.</summary>
/// <param name="HasPlaces">Programs can have file systems of their own.</param>
/// <param name="HasDisks">Files can be mounted as disks.</param>
/// <param name="HasOwnLocalhost">Programs can have a localhost of their own.</param>
public sealed record PlaceSupport(bool HasPlaces, bool HasDisks, bool HasOwnLocalhost)
{
    /// <summary>Nothing of it.</summary>
    public static PlaceSupport None { get; } = new(false, false, false);

    /// <summary>Tries it out below a folder, which must be on the disk where places will be.</summary>
    public static PlaceSupport Find(string folder)
    {
        var (places, localhost) = (false, false);
        var thread = new Thread(() =>
        {
            localhost = AddressFilter.TryInstall() is { } filter && Close(filter);
            places = PlaceNative.EffectiveUser() == 0 && TryPlace(folder);
        });
        thread.Start();
        thread.Join();
        return new(places, places && File.Exists("/dev/loop-control") && Mkfs is not null, localhost);
    }

    /// <summary>The program that makes a disk's file system, or null.</summary>
    public static string? Mkfs { get; } =
        new[] { "/usr/sbin/mkfs.ext4", "/sbin/mkfs.ext4" }.FirstOrDefault(File.Exists);

    private static bool TryPlace(string folder)
    {
        var trial = Directory.CreateDirectory(Path.Combine(folder, "place-trial")).FullName;
        try
        {
            PlaceBuilder.Enter(new ProgramPlace
            {
                Root = Directory.CreateDirectory(Path.Combine(trial, "root")).FullName,
                Layer = Directory.CreateDirectory(Path.Combine(trial, "layer")).FullName,
                Work = Directory.CreateDirectory(Path.Combine(trial, "work")).FullName,
            });
            return File.Exists("/bin/sh");
        }
        catch (Exception error) when (error is Win32Exception or IOException or UnauthorizedAccessException)
        {
            // No rights, or a kernel or disk that has no layers: programs then share this machine's files.
            return false;
        }
    }

    private static bool Close(Microsoft.Win32.SafeHandles.SafeFileHandle filter)
    {
        filter.Dispose();
        return true;
    }
}
