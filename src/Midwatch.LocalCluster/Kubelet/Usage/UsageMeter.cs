using System.Collections.Immutable;

namespace Midwatch.LocalCluster.Kubelet.Usage;

/// <summary>
/// Measures what containers use: all of them every five seconds in one pass over /proc, and every second those with a
/// memory
/// limit, which are ended when they pass it, as the kernel would do at a cgroup's limit.
/// </summary>
internal sealed class UsageMeter : IAsyncDisposable
{
    private const int LooksPerPass = 5;
    private const long NanosecondsPerTick = 10_000_000;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private static readonly long PageBytes = Environment.SystemPageSize;

    private readonly string _node;
    private readonly TimeProvider _time;
    private readonly Action<List<MeteredContainer>> _addContainers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    // Used again and again: a cluster at rest shall leave no garbage behind.
    private readonly List<MeteredContainer> _containers = [];
    private readonly Dictionary<int, int> _leaders = [];
    private readonly Dictionary<int, ProcessSample> _processes = [];
    private readonly Dictionary<int, (long Ticks, long Pages)> _used = [];
    private Dictionary<string, (long Ticks, long At)> _last = [];
    private Dictionary<string, (long Ticks, long At)> _next = [];
    private ImmutableArray<UsageSample> _samples = [];

    /// <param name="addContainers">Adds who runs at the moment.</param>
    public UsageMeter(string node, TimeProvider time, Action<List<MeteredContainer>> addContainers)
    {
        (_node, _time, _addContainers) = (node, time, addContainers);
        _running = Task.Run(RunAsync);
    }

    /// <summary>What each container used in the last window; a container appears once it was measured twice.</summary>
    public ImmutableArray<UsageSample> Samples => _samples;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Look, _time);
        for (var look = 0; await timer.WaitForNextTickAsync(_stop.Token); look++)
        {
            _containers.Clear();
            _addContainers(_containers);
            if (look % LooksPerPass == 0 && _containers.Count > 0)
            {
                Measure();
                continue;
            }

            foreach (var container in _containers)
            {
                // The first process is where a leak is, nearly always; the pass above also sees its children.
                if (container.MemoryLimit is not null)
                {
                    EndIfOver(container, ProcessSample.Read(container.Instance.Program.ProcessId)?.ResidentPages ?? 0);
                }
            }
        }
    }

    private void Measure()
    {
        Assign(ProcessSample.All());
        var now = _time.GetTimestamp();
        var samples = ImmutableArray.CreateBuilder<UsageSample>(_containers.Count);
        foreach (var container in _containers)
        {
            var id = container.Instance.ContainerId;
            var (ticks, pages) = _used.GetValueOrDefault(container.Instance.Program.ProcessId);
            _next[id] = (ticks, now);
            if (_last.TryGetValue(id, out var before))
            {
                var seconds = Math.Max(0.001, _time.GetElapsedTime(before.At, now).TotalSeconds);
                var nanocores = (long)(Math.Max(0, ticks - before.Ticks) * NanosecondsPerTick / seconds);
                samples.Add(new(
                    container.Namespace, container.Pod, container.Container, _node, nanocores, pages * PageBytes));
            }

            EndIfOver(container, pages);
        }

        (_last, _next) = (_next, _last);
        _next.Clear();
        _samples = samples.DrainToImmutable();
    }

    // A process belongs to the container whose first process leads its group, or is among its ancestors.
    private void Assign(List<ProcessSample> all)
    {
        _leaders.Clear();
        _processes.Clear();
        _used.Clear();
        foreach (var (_, _, _, instance, _) in _containers)
        {
            var first = instance.Program.ProcessId;
            _ = _leaders.TryAdd(first, first);
            foreach (var leader in instance.HasOthers ? instance.Leaders : [])
            {
                _ = _leaders.TryAdd(leader, first);
            }
        }

        foreach (var process in all)
        {
            _processes[process.Pid] = process;
        }

        foreach (var process in all)
        {
            var leader = LeaderOf(process);
            var (ticks, pages) = _used.GetValueOrDefault(leader);
            _used[leader] = (ticks + process.CpuTicks, pages + process.ResidentPages);
        }
    }

    private int LeaderOf(ProcessSample process)
    {
        for (var one = process; ;)
        {
            if (_leaders.TryGetValue(one.Group, out var container))
            {
                return container;
            }

            if (one.Parent <= 1 || !_processes.TryGetValue(one.Parent, out one))
            {
                return 0;
            }
        }
    }

    private static void EndIfOver(MeteredContainer container, long residentPages)
    {
        if (container.MemoryLimit is { } limit && residentPages * PageBytes > limit)
        {
            container.Instance.EndForMemory();
        }
    }
}
