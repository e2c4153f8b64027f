namespace Midwatch.Cli.Systems;

/// <summary>How a reference system is, in one word.</summary>
internal enum SystemState
{
    /// <summary>None of its workloads is on the cluster, or no cluster runs.</summary>
    Down,

    /// <summary>Some of it is there, and not all of that is ready.</summary>
    NotReady,

    /// <summary>Every workload is rolled out and ready.</summary>
    Ready,
}
