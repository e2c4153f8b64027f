using System.Collections.Concurrent;
using System.Collections.Immutable;
using Midwatch.LocalCluster.Kubelet.Logs;
using Midwatch.LocalCluster.Kubelet.Sessions;
using Midwatch.Processes;

namespace Midwatch.LocalCluster.Kubelet.Containers;

/// <summary>One run of a container: a process, its files and its log.</summary>
internal sealed class ContainerInstance(
    string containerId,
    ContainerLog log,
    ContainerStreams streams,
    ProgramStarter starter,
    RunningProgram program,
    ProgramSpec spec,
    DateTimeOffset startedAt) : IAsyncDisposable
{
    // The container's first program as it was started: its place, address and user are the others' too. Those share
    // its mounts, so that what they were made of need not be known any more.
    private readonly ProgramSpec _first = spec with
    {
        Argv = [],
        Environment = ImmutableDictionary<string, string>.Empty,
        Place = spec.Place is null ? null : spec.Place with { Layer = "", Work = "", Mounts = [] },
        StandardInput = null,
        StandardOutput = null,
        StandardError = null,
    };

    private readonly TaskCompletionSource _resized = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PackedVariables _variables = new(spec.Environment);
    private readonly Task _outputRead = streams.CopyAsync(starter, log);

    // Most containers never have one.
    private ConcurrentDictionary<RunningProgram, bool>? _beside;

    public string ContainerId { get; } = containerId;

    public ContainerLog Log { get; } = log;

    public ContainerStreams Streams { get; } = streams;

    public RunningProgram Program { get; } = program;

    public DateTimeOffset StartedAt { get; } = startedAt;

    /// <summary>Where its termination message is on this machine.</summary>
    public required string TerminationFile { get; init; }

    /// <summary>True once it was ended for using more memory than its limit.</summary>
    public bool IsOutOfMemory { get; private set; }

    /// <summary>Ends once its resources were changed in a way that it wants a new start for.</summary>
    public Task Resized => _resized.Task;

    /// <summary>Asks for the new start.</summary>
    public void RestartForResize() => _resized.TrySetResult();

    /// <summary>A further program of this container, with its variables and in its folder.</summary>
    public ProgramSpec Inside(ImmutableArray<string> argv) => _first with
    {
        Argv = argv,
        Environment = _variables.Unpack(),
        Place = _first.Place is null ? null : _first.Place with { BesideProcess = Program.ProcessId },
    };

    /// <summary>Starts a program that ends with the container at the latest, with all that it leaves behind.</summary>
    /// <param name="isOther">Nobody of the cluster's users started it.</param>
    public StartResult StartBeside(ProgramSpec spec, bool isOther = false)
    {
        var result = starter.Start(spec);
        if (result is StartResult.Started { Program: var other })
        {
            _ = LazyInitializer.EnsureInitialized(ref _beside, () => []).TryAdd(other, isOther);
            _ = ForgetAsync(other);
        }

        return result;
    }

    /// <summary>The first process of each program in the container, its own before all.</summary>
    public IEnumerable<int> Leaders => Beside.Keys.Select(other => other.ProcessId).Prepend(Program.ProcessId);

    /// <summary>Whether it may be more than its first program and what that started.</summary>
    public bool HasOthers => _beside is { IsEmpty: false };

    /// <summary>Ends the programs that none of the cluster's users started.</summary>
    public Task EndOthersAsync() => Task.WhenAll(
        Beside.Where(each => each.Value).Select(each => each.Key.DisposeAsync().AsTask()));

    /// <summary>Ends it as the kernel does at a cgroup's limit.</summary>
    public void EndForMemory()
    {
        IsOutOfMemory = true;
        _ = Program.Signal(Signal.Kill, wholeGroup: true);
    }

    /// <summary>Ends what the first process left behind and waits for the last output.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Beside.Keys.Select(other => other.DisposeAsync().AsTask()));
        await Program.DisposeAsync();
        await _outputRead;
        Streams.Dispose();
        Log.Complete();
    }

    private ConcurrentDictionary<RunningProgram, bool> Beside => _beside ?? [];

    // One that left something running in the background is kept, for the container's end.
    private async Task ForgetAsync(RunningProgram other)
    {
        _ = await other.Exited;
        if (other.SignalAll(Signal.None) == 0 && Beside.TryRemove(other, out _))
        {
            await other.DisposeAsync();
        }
    }
}
