using System.Runtime.InteropServices;

namespace Midwatch.Shell.Interpretation;

/// <summary>What statx(2) tells of a file; .NET does not tell a pipe, a socket or a device from a file.</summary>
/// <param name="Mode">Type and rights, as in <c>st_mode</c>.</param>
internal readonly partial record struct NativeStat(int Mode, uint User, uint Group, ulong Node, ulong Device)
{
    public const int Pipe = 0x1000;
    public const int Characters = 0x2000;
    public const int Blocks = 0x6000;
    public const int Regular = 0x8000;
    public const int Socket = 0xC000;

    private const int TypeMask = 0xF000;
    private const int CurrentDirectory = -100;
    private const uint BasicStats = 0x7FF;

    // struct statx is 256 bytes in every version of the interface.
    private const int Bytes = 256;
    private const int UserAt = 20;
    private const int GroupAt = 24;
    private const int ModeAt = 28;
    private const int NodeAt = 32;
    private const int DeviceAt = 136;

    public int Type => Mode & TypeMask;

    /// <summary>Follows links; null when there is no such file.</summary>
    public static NativeStat? Of(string path)
    {
        var buffer = new byte[Bytes];
        return Call(CurrentDirectory, path, 0, BasicStats, ref buffer[0]) == 0
            ? new NativeStat(
                BitConverter.ToUInt16(buffer, ModeAt),
                BitConverter.ToUInt32(buffer, UserAt),
                BitConverter.ToUInt32(buffer, GroupAt),
                BitConverter.ToUInt64(buffer, NodeAt),
                BitConverter.ToUInt64(buffer, DeviceAt))
            : null;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(int directory, string path, int flags, uint mask, ref byte buffer);
}
