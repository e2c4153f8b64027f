using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Midwatch.Processes.Places;

/// <summary>
/// Moves the calling thread, for good, into a place. Everything fails with a <see cref="Win32Exception"/>.
/// </summary>
internal static class PlaceBuilder
{
    private const uint CharacterDevice = 0x2000;
    private const uint ReadWriteAll = 0x1B6;

    // As much as container runtimes give to /dev/shm: a program that loses itself does not fill the machine's memory.
    private const string InMemory = "mode=777,size=64m";

    // What every container runtime gives: the machine's other devices are not for programs in a place.
    private static readonly ImmutableArray<(string Name, ulong Device)> Devices =
        [("null", 0x103), ("zero", 0x105), ("full", 0x107), ("random", 0x108), ("urandom", 0x109), ("tty", 0x500)];

    private static readonly ImmutableArray<(string Name, string Target)> Links =
        [("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"),
            ("stderr", "/proc/self/fd/2"), ("ptmx", "pts/ptmx")];

    private static readonly ImmutableArray<string> Special = ["/proc", "/sys", "/dev", "/run", "/tmp"];

    public static void Enter(ProgramPlace place)
    {
        Check(PlaceNative.Unshare(PlaceNative.OwnFileSystem), "unshare");
        if (place.BesideProcess is { } process)
        {
            Join(process);
        }
        else
        {
            Build(place);
        }

        Check(PlaceNative.ChangeRoot(place.Root), place.Root);
        Check(PlaceNative.ChangeDirectory("/"), "/");
    }

    private static void Join(int process)
    {
        using var mounts = File.OpenHandle($"/proc/{process}/ns/mnt");
        Check(PlaceNative.Join((int)mounts.DangerousGetHandle(), PlaceNative.NewMounts), "setns");
    }

    private static void Build(ProgramPlace place)
    {
        Check(PlaceNative.Unshare(PlaceNative.NewMounts), "unshare");
        Check(PlaceNative.Mount("none", "/", null, PlaceNative.Recursive | PlaceNative.Private, null), "/");
        var others = OtherDisks();
        Check(
            PlaceNative.Mount("overlay", place.Root, "overlay", 0,
                $"lowerdir=/,upperdir={place.Layer},workdir={place.Work}"),
            "overlay");
        foreach (var disk in others)
        {
            Bind(place, new PlaceMount(disk, disk, IsReadOnly: true));
        }

        Bind(place, new PlaceMount("/proc", "/proc"));
        Bind(place, new PlaceMount("/sys", "/sys", IsReadOnly: true));
        MakeDevices(place);
        foreach (var mount in place.Mounts)
        {
            Bind(place, mount);
        }
    }

    /// <summary>Where the machine has further file systems: a layer over "/" alone does not show them.</summary>
    private static List<string> OtherDisks()
    {
        var all = File.ReadLines("/proc/self/mountinfo")
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length > 4)
            .Select(fields => fields[4].Replace("\\040", " ", StringComparison.Ordinal))
            .Where(path => path != "/" && !Special.Any(special => path == special || Below(path, special)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        // The inner ones come with the outer ones.
        return [.. all.Where(path => !all.Any(outer => Below(path, outer)))];
    }

    private static bool Below(string path, string outer) => path.StartsWith(outer + "/", StringComparison.Ordinal);

    private static void MakeDevices(ProgramPlace place)
    {
        var folder = Path.Combine(place.Root, "dev");
        _ = Directory.CreateDirectory(folder);
        // A small file system of its own, so that what the machine's own /dev lists is not there.
        Check(PlaceNative.Mount("tmpfs", folder, "tmpfs", 0, "mode=755,size=64k"), "/dev");
        foreach (var (name, device) in Devices)
        {
            var path = Path.Combine(folder, name);
            Check(PlaceNative.MakeNode(path, CharacterDevice | ReadWriteAll, device), path);
            File.SetUnixFileMode(path, (UnixFileMode)ReadWriteAll);
        }

        foreach (var (name, target) in Links)
        {
            _ = File.CreateSymbolicLink(Path.Combine(folder, name), target);
        }

        foreach (var shared in (ReadOnlySpan<string>)["pts", "shm"])
        {
            if (Directory.Exists("/dev/" + shared))
            {
                Bind(place, new PlaceMount("/dev/" + shared, "/dev/" + shared));
            }
        }
    }

    private static void Bind(ProgramPlace place, PlaceMount mount)
    {
        var target = PathInside.Resolve(place.Root, mount.Target);
        if (mount.IsMemory)
        {
            _ = Directory.CreateDirectory(target);
            Check(PlaceNative.Mount(mount.Source, target, mount.Source, 0, InMemory), mount.Target);
            return;
        }

        if (!File.Exists(mount.Source))
        {
            _ = Directory.CreateDirectory(mount.Source);
        }

        if (File.Exists(mount.Source) && !mount.IsDisk)
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!File.Exists(target))
            {
                File.WriteAllBytes(target, []);
            }
        }
        else
        {
            _ = Directory.CreateDirectory(target);
        }

        if (mount.IsDisk)
        {
            LoopDisk.Mount(mount.Source, target);
        }
        else
        {
            Check(
                PlaceNative.Mount(
                    mount.Source, target, null, PlaceNative.BindMount | PlaceNative.Recursive, null),
                mount.Source);
        }

        if (mount.Owner is { } owner && !mount.IsReadOnly)
        {
            Check(PlaceNative.ChangeOwner(target, owner.UserId, owner.GroupId), mount.Target);
        }

        if (mount.IsReadOnly)
        {
            const nuint Flags = PlaceNative.Remount | PlaceNative.BindMount | PlaceNative.ReadOnly;
            Check(PlaceNative.Mount("none", target, null, Flags, null), mount.Target);
        }
    }

    internal static void Check(int result, string what)
    {
        if (result != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new Win32Exception(error, $"{what}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }
}
