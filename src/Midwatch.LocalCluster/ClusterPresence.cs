using Midwatch.LocalCluster.Hosting;

namespace Midwatch.LocalCluster;

/// <summary>A local cluster that runs in some process on this machine.</summary>
/// <param name="ProcessId">The process that holds it.</param>
/// <param name="KubeconfigPath">The administrator's kubeconfig.</param>
/// <param name="LogPath">What its controllers and nodes had to say.</param>
public sealed record ClusterPresence(int ProcessId, string KubeconfigPath, string LogPath)
{
    /// <summary>Looks whether a process holds the directory's cluster.</summary>
    /// <returns>Null when none does, or when the directory is not there.</returns>
    public static ClusterPresence? Find(string dataDirectory)
    {
        var directory = ClusterDirectory.Of(dataDirectory);
        if (!File.Exists(directory.LockFile))
        {
            return null;
        }

        using var free = DirectoryLock.TryTake(directory.LockFile);
        return free is null && DirectoryLock.Owner(directory.LockFile) is { } owner
            ? new ClusterPresence(owner, directory.Kubeconfig, directory.LogFile)
            : null;
    }
}
