using System.Globalization;
using System.Text;

namespace Midwatch.LocalCluster.Hosting;

/// <summary>Holds a data directory for one process; the kernel lets go of it however that process ends.</summary>
internal sealed class DirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DirectoryLock(string path)
    {
        // FileShare.None is an exclusive flock(2).
        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        _file.SetLength(0);
        _file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
        _file.Flush();
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
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return int.TryParse(reader.ReadLine(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
