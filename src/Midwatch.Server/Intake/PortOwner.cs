using System.Globalization;

namespace Midwatch.Server.Intake;

/// <summary>Finds the program that listens on a port, by what Linux shows of it (proc(5)).</summary>
internal static class PortOwner
{
    private const string Listening = "0A";
    private const int StateField = 3;
    private const int InodeField = 9;

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Says who it is.</summary>
    /// <returns>Such as <c> by prometheus (process 4711)</c>; empty when it cannot be told.</returns>
    public static string Find(int port)
    {
        try
        {
            return Inode(port) is { } inode && Process(inode) is { } found
                ? string.Create(CultureInfo.InvariantCulture, $" by {found.Name} (process {found.Id})")
                : string.Empty;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    private static string? Inode(int port)
    {
        var wanted = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var line in Tables.Where(File.Exists).SelectMany(File.ReadLines))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > InodeField && fields[1].EndsWith(wanted, StringComparison.Ordinal)
                && fields[StateField] == Listening)
            {
                return fields[InodeField];
            }
        }

        return null;
    }

    private static (string Name, int Id)? Process(string inode)
    {
        var socket = $"socket:[{inode}]";
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
                && Holds(folder, socket))
            {
                return (File.ReadAllText(Path.Combine(folder, "comm")).Trim(), id);
            }
        }

        return null;
    }

    private static bool Holds(string folder, string socket)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(folder, "fd"))
                .Any(link => File.ResolveLinkTarget(link, returnFinalTarget: false)?.Name == socket);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or is somebody else's.
            return false;
        }
    }
}
