using System.Globalization;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>Holds a data directory for one process; the kernel lets go of it however that process ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(string path)
    {
        // FileShare.None is an exclusive flock(2).
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        // Beside the lock, not in it: .NET lets nobody read a file that is locked exclusively.
        File.WriteAllText(OwnerFile(path), Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    /// <summary>The lock, or null when another process has it.</summary>
    public static DirectoryLock? TryTake(string path)
    {
        try
        {
            return new DirectoryLock(path);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The process that holds the lock, as it wrote itself down; null when that cannot be read.</summary>
    public static int? Owner(string path)
    {
        try
        {
            var text = File.ReadAllText(OwnerFile(path)).Trim();
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string OwnerFile(string path) => path + ".owner";
}
