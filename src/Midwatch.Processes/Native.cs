using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.System32)]

namespace Midwatch.Processes;

/// <summary>
/// The C library (glibc 2.34 or newer; Debian 12 has 2.36). Return values are those of the manual pages.
/// </summary>
internal static partial class Native
{
    public const int Enoent = 2;
    public const int E2big = 7;
    public const int Enoexec = 8;
    public const int Eacces = 13;
    public const int Enotdir = 20;
    public const int Einval = 22;
    public const int Etxtbsy = 26;

    public const short SpawnSetPgroup = 0x02;
    public const short SpawnSetSigDefault = 0x04;
    public const short SpawnSetSigMask = 0x08;
    public const short SpawnSetSid = 0x80;

    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int CloseOnExec = 0x80000;
    public const int DuplicateCloseOnExec = 1030;
    public const int SetChildSubreaper = 36;
    public const int WaitNoHang = 1;
    public const short PollIn = 1;
    public const int FileSizeResource = 1;

    public const nuint SetWindowSize = 0x5414;

    private const string C = "libc";

    [LibraryImport(C, EntryPoint = "posix_spawn")]
    public static unsafe partial int Spawn(
        out int pid, byte* path, byte* fileActions, byte* attributes, byte** argv, byte** environment);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_init")]
    public static unsafe partial int FileActionsInit(byte* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static unsafe partial int FileActionsDestroy(byte* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static unsafe partial int FileActionsDup(byte* actions, int from, int to);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int FileActionsOpen(byte* actions, int target, string path, int flags, int mode);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_addchdir_np", StringMarshalling = StringMarshalling.Utf8)]
    public static unsafe partial int FileActionsChdir(byte* actions, string path);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_addclose")]
    public static unsafe partial int FileActionsClose(byte* actions, int descriptor);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_addclosefrom_np")]
    public static unsafe partial int FileActionsCloseFrom(byte* actions, int from);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_init")]
    public static unsafe partial int AttributesInit(byte* attributes);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_destroy")]
    public static unsafe partial int AttributesDestroy(byte* attributes);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setflags")]
    public static unsafe partial int AttributesFlags(byte* attributes, short flags);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setpgroup")]
    public static unsafe partial int AttributesGroup(byte* attributes, int group);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static unsafe partial int AttributesSigDefault(byte* attributes, byte* signals);

    [LibraryImport(C, EntryPoint = "posix_spawnattr_setsigmask")]
    public static unsafe partial int AttributesSigMask(byte* attributes, byte* signals);

    [LibraryImport(C, EntryPoint = "sigfillset")]
    public static unsafe partial int SignalsFill(byte* signals);

    [LibraryImport(C, EntryPoint = "sigemptyset")]
    public static unsafe partial int SignalsEmpty(byte* signals);

    [LibraryImport(C, EntryPoint = "pipe2", SetLastError = true)]
    public static unsafe partial int Pipe(int* ends, int flags);

    [LibraryImport(C, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int descriptor, int command, int argument);

    [LibraryImport(C, EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(SafeFileHandle descriptor, byte* buffer, nint count);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(SafeFileHandle descriptor, byte* buffer, nint count);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [LibraryImport(C, EntryPoint = "pidfd_open", SetLastError = true)]
    public static partial int OpenProcess(int pid, uint flags);

    [LibraryImport(C, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitFor(int pid, out int status, int options);

    [LibraryImport(C, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int pid, int signal);

    [LibraryImport(C, EntryPoint = "getpgid", SetLastError = true)]
    public static partial int GroupOf(int pid);

    [LibraryImport(C, EntryPoint = "prctl", SetLastError = true)]
    public static partial int ProcessControl(int option, nuint argument, nuint third, nuint fourth, nuint fifth);

    [LibraryImport(C, EntryPoint = "prlimit64", SetLastError = true)]
    public static unsafe partial int Limit(int pid, int resource, ResourceLimit* limit, ResourceLimit* old);

    [LibraryImport(C, EntryPoint = "access", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport(C, EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int OpenTerminal(int flags);

    [LibraryImport(C, EntryPoint = "grantpt", SetLastError = true)]
    public static partial int GrantTerminal(int descriptor);

    [LibraryImport(C, EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int UnlockTerminal(int descriptor);

    [LibraryImport(C, EntryPoint = "ptsname_r", SetLastError = true)]
    public static unsafe partial int NameOfTerminal(int descriptor, byte* name, nuint length);

    [LibraryImport(C, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    public static unsafe partial int DeviceControl(int descriptor, nuint request, void* argument);

    /// <summary>struct rlimit64 of prlimit(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    /// <summary>struct pollfd of poll(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
