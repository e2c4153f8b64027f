using System.Globalization;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>Which process listens on a TCP port of 127.0.0.1, from /proc; for error sentences.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";

    /// <summary>As "redis-server (pid 4711)", or null when it cannot be told (another user's process).</summary>
    public static string? Describe(int port)
    {
        if (Inode(port) is not { } inode)
        {
            return null;
        }

        var socket = $"socket:[{inode}]";
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Holds(process, socket))
            {
                return $"{Name(process)} (pid {pid})";
            }
        }

        return null;
    }

    private static string? Inode(int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var table in (ReadOnlySpan<string>)["/proc/net/tcp", "/proc/net/tcp6"])
        {
            if (!File.Exists(table))
            {
                continue;
            }

            foreach (var line in File.ReadLines(table).Skip(1))
            {
                // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode
                var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (cells.Length > 9 && cells[3] == Listening && cells[1].EndsWith(suffix, StringComparison.Ordinal))
                {
                    return cells[9];
                }
            }
        }

        return null;
    }

    private static bool Holds(string process, string socket)
    {
        try
        {
            // A descriptor that is closed meanwhile has no target.
            return Directory.EnumerateFileSystemEntries(Path.Combine(process, "fd"))
                .Any(entry => new FileInfo(entry).LinkTarget == socket);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
            return false;
        }
    }

    private static string Name(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (IOException)
        {
            return "a process";
        }
    }
}
