using System.Runtime.InteropServices;

namespace Midwatch.Processes.Places;

/// <summary>Linux calls that change what one thread, and what it starts, sees of the machine.</summary>
internal static partial class PlaceNative
{
    public const int NewMounts = 0x20000;
    public const int OwnFileSystem = 0x200;
    public const nuint BindMount = 0x1000;
    public const nuint Recursive = 0x4000;
    public const nuint Private = 0x40000;
    public const nuint Remount = 0x20;
    public const nuint ReadOnly = 0x1;

    private const string C = "libc";

    /// <summary>Numbers of system calls that the C library makes for all threads at once, or not at all.</summary>
    public static (nint Groups, nint Group, nint User, nint Filter, uint Connect, uint Bind, uint Machine) Calls =>
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? ((nint)159, (nint)149, (nint)147, (nint)277, 203u, 200u, 0xC00000B7u)
            : ((nint)116, (nint)119, (nint)117, (nint)317, 42u, 49u, 0xC000003Eu);

    [LibraryImport(C, EntryPoint = "unshare", SetLastError = true)]
    public static partial int Unshare(int flags);

    [LibraryImport(C, EntryPoint = "setns", SetLastError = true)]
    public static partial int Join(int descriptor, int kind);

    [LibraryImport(C, EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Mount(string source, string target, string? type, nuint flags, string? options);

    [LibraryImport(C, EntryPoint = "chroot", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeRoot(string path);

    [LibraryImport(C, EntryPoint = "chdir", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeDirectory(string path);

    [LibraryImport(C, EntryPoint = "mknod", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeNode(string path, uint mode, ulong device);

    [LibraryImport(C, EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(C, EntryPoint = "statfs", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int StatFileSystem(string path, long* answer);

    [LibraryImport(C, EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    [LibraryImport(C, EntryPoint = "syscall", SetLastError = true)]
    public static partial nint Call(nint number, nint first, nint second, nint third);
}
