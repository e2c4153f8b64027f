namespace Midwatch.Shell.Interpretation;

/// <summary>What became of a write.</summary>
internal enum WriteResult
{
    Written,

    /// <summary>Nobody reads any more: where bash would get SIGPIPE.</summary>
    NobodyReads,

    /// <summary>The descriptor takes no writing, or the disk is full.</summary>
    Failed,
}
