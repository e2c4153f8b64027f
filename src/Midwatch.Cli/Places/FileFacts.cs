using System.Runtime.InteropServices;

namespace Midwatch.Cli.Places;

/// <summary>
/// What statx(2) tells of a path, links followed; .NET does not tell a pipe, a socket or a device from a file, and
/// gives the length of a link instead of that of its file.
/// </summary>
/// <param name="InsteadOfFile">What stands there and is no file; null for a file.</param>
internal readonly partial record struct FileFacts(long Length, string? InsteadOfFile)
{
    private const int TypeMask = 0xF000;
    private const int Pipe = 0x1000;
    private const int Characters = 0x2000;
    private const int Blocks = 0x6000;
    private const int Socket = 0xC000;
    private const int CurrentDirectory = -100;
    private const uint ModeAndSize = 0x201;

    // struct statx is 256 bytes in every version of the interface.
    private const int Bytes = 256;
    private const int ModeAt = 28;
    private const int SizeAt = 40;

    /// <summary>Null when there is nothing, or nothing that may be looked at.</summary>
    internal static FileFacts? Of(string path)
    {
        var buffer = new byte[Bytes];
        return Call(CurrentDirectory, path, 0, ModeAndSize, ref buffer[0]) != 0
            ? null
            : new FileFacts(BitConverter.ToInt64(buffer, SizeAt), Other(BitConverter.ToUInt16(buffer, ModeAt)));
    }

    private static string? Other(int mode) => (mode & TypeMask) switch
    {
        Pipe => "a named pipe",
        Socket => "a socket",
        Characters or Blocks => "a device",
        _ => null,
    };

    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Call(int directory, string path, int flags, uint mask, ref byte buffer);
}
