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
    private readonly Func<IEnumerable<MeteredContainer>> _containers;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private Dictionary<string, (long Ticks, long At)> _last = [];
    private ImmutableArray<UsageSample> _samples = [];

    /// <param name="containers">Who runs at the moment.</param>
    public UsageMeter(string node, TimeProvider time, Func<IEnumerable<MeteredContainer>> containers)
    {
        (_node, _time, _containers) = (node, time, containers);
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
            var containers = _containers().ToList();
            if (look % LooksPerPass == 0 && containers.Count > 0)
            {
                Measure(containers);
            }
            else
            {
                foreach (var container in containers.Where(one => one.MemoryLimit is not null))
                {
                    // The first process is where a leak is, nearly always; the pass above also sees its children.
                    EndIfOver(container, ProcessSample.Read(container.Instance.Program.ProcessId)?.ResidentPages ?? 0);
                }
            }
        }
    }

    private void Measure(List<MeteredContainer> containers)
    {
        var processes = Assign(ProcessSample.All(), containers);
        var now = _time.GetTimestamp();
        var next = new Dictionary<string, (long Ticks, long At)>();
        var samples = ImmutableArray.CreateBuilder<UsageSample>();
        foreach (var container in containers)
        {
            var id = container.Instance.ContainerId;
            var own = processes[container.Instance.Program.ProcessId].ToList();
            var (ticks, pages) = (own.Sum(one => one.CpuTicks), own.Sum(one => one.ResidentPages));
            next[id] = (ticks, now);
            if (_last.TryGetValue(id, out var before))
            {
                var seconds = Math.Max(0.001, _time.GetElapsedTime(before.At, now).TotalSeconds);
                var nanocores = (long)(Math.Max(0, ticks - before.Ticks) * NanosecondsPerTick / seconds);
                samples.Add(new(
                    container.Namespace, container.Pod, container.Container, _node, nanocores, pages * PageBytes));
            }

            EndIfOver(container, pages);
        }

        _last = next;
        _samples = samples.ToImmutable();
    }

    // A process belongs to the container whose first process leads its group, or is among its ancestors.
    private static ILookup<int, ProcessSample> Assign(List<ProcessSample> all, List<MeteredContainer> containers)
    {
        var leaders = containers
            .SelectMany(one => one.Instance.Leaders.Select(leader => (leader, one.Instance.Program.ProcessId)))
            .DistinctBy(pair => pair.leader)
            .ToDictionary(pair => pair.leader, pair => pair.ProcessId);
        var byPid = all.ToDictionary(one => one.Pid);
        return all.ToLookup(LeaderOf);

        int LeaderOf(ProcessSample process)
        {
            for (var one = process; ;)
            {
                if (leaders.TryGetValue(one.Group, out var container))
                {
                    return container;
                }

                if (one.Parent <= 1 || !byPid.TryGetValue(one.Parent, out one))
                {
                    return 0;
                }
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
