namespace Midwatch.LocalCluster.Hosting;

/// <summary>A data directory taken for one running cluster, emptied of what an earlier one left.</summary>
internal sealed class ClusterLease : IDisposable
{
    private readonly DirectoryLock _lock;

    private ClusterLease(ClusterDirectory directory, DirectoryLock held, TimeProvider time)
    {
        _lock = held;
        Directory = directory;
        Log = new ClusterLog(directory.LogFile, time);
    }

    public ClusterDirectory Directory { get; }

    public ClusterLog Log { get; }

    /// <summary>The lease, or null when a running cluster has it.</summary>
    public static ClusterLease? TryTake(ClusterDirectory directory, TimeProvider time)
    {
        directory.Create();
        var held = DirectoryLock.TryTake(directory.LockFile);
        if (held is null)
        {
            return null;
        }

        // The objects of an earlier cluster were in its memory: its pods' folders and its faults are about nothing now.
        directory.Clear();
        return new ClusterLease(directory, held, time);
    }

    public void Dispose()
    {
        Log.Dispose();
        _lock.Dispose();
    }
}
