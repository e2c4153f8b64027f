using System.Collections.Immutable;
using Midwatch.LocalCluster.Kubelet.Logs;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>One run of a container: a process, its root folder and its log.</summary>
internal sealed class ContainerInstance(
    string containerId,
    string root,
    ImmutableDictionary<string, string> environment,
    ContainerLog log,
    RunningProgram program,
    Task outputRead,
    DateTimeOffset startedAt) : IAsyncDisposable
{
    public string ContainerId { get; } = containerId;

    public string Root { get; } = root;

    public ImmutableDictionary<string, string> Environment { get; } = environment;

    public ContainerLog Log { get; } = log;

    public RunningProgram Program { get; } = program;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>True once it was ended for using more memory than its limit.</summary>
    public bool IsOutOfMemory { get; private set; }

    /// <summary>Ends it as the kernel does at a cgroup's limit.</summary>
    public void EndForMemory()
    {
        IsOutOfMemory = true;
        _ = Program.Signal(Signal.Kill, wholeGroup: true);
    }

    /// <summary>Ends what the first process left behind and waits for the last output.</summary>
    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        await outputRead;
        Log.Complete();
    }
}
