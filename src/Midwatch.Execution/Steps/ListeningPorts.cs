using System.Globalization;

namespace Midwatch.Execution.Steps;

/// <summary>
/// Which local ports are open and whose they are, as the kernel tells. Nothing is connected to: a connection would
/// reach
/// through a port-forward into the pod.
/// </summary>
internal static class ListeningPorts
{
    private const string Listening = "0A";
    private const int AddressField = 1;
    private const int StateField = 3;
    private const int InodeField = 9;

    /// <summary>Whether a program listens on the port, on loopback or everywhere.</summary>
    public static bool IsOpen(int port) => Inode(port) is not null;

    /// <summary>Names who listens on the port; null when nobody does.</summary>
    public static string? Owner(int port)
    {
        if (Inode(port) is not { } inode)
        {
            return null;
        }

        var link = $"socket:[{inode}]";
        foreach (var process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(path[^1])))
        {
            if (Holds(process, link))
            {
                return $"{Read(Path.Combine(process, "comm")).Trim()} (process {Path.GetFileName(process)})";
            }
        }

        return "a program of another user";
    }

    private static string? Inode(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        return Read("/proc/net/tcp").Split('\n').Concat(Read("/proc/net/tcp6").Split('\n'))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > InodeField && fields[StateField] == Listening)
            .Select(fields => (Address: fields[AddressField], Inode: fields[InodeField]))
            .Where(socket => socket.Address.EndsWith(suffix, StringComparison.Ordinal) && IsLocal(socket.Address))
            .Select(socket => socket.Inode)
            .FirstOrDefault();
    }

    // 127.0.0.1 and ::1 in the kernel's byte order, or any address. Others, as 127.0.0.2, stand in nobody's way.
    private static bool IsLocal(string address) => address.Split(':')[0] is "0100007F" or "00000000"
        or "00000000000000000000000000000000" or "00000000000000000000000001000000";

    private static bool Holds(string process, string link)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(process, "fd"))
                .Any(file => new FileInfo(file).LinkTarget == link);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false; // it has ended meanwhile, or is somebody else's
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ""; // a kernel without IPv6 has no tcp6
        }
    }
}
