using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Reference.Telemetry;

namespace Reference.StateMetrics;

/// <summary>What containers use, under the names that cAdvisor gives it.</summary>
/// <remarks>
/// The source is metrics.k8s.io, which tells cores in use, not seconds used: the counter is those cores times the time
/// since the last look. Its rate is right; its absolute value begins with this process.
/// </remarks>
internal sealed class UsageMetrics(TimeProvider time)
{
    private static readonly string[] Labels = ["namespace", "pod", "container"];
    private readonly Metric _memory = new(MetricKind.Gauge,
        "container_memory_working_set_bytes", "Memory that cannot be taken from a container.", Labels);

    private readonly Metric _processor = new(MetricKind.Counter,
        "container_cpu_usage_seconds_total", "Processor time used, summed from the cores in use.", Labels);

    private readonly Dictionary<(string Space, string Pod, string Container), double> _seconds = [];
    private long? _last;

    public ImmutableArray<IMetric> All => [_memory, _processor];

    /// <summary>Takes the items of a PodMetricsList.</summary>
    public void Read(IEnumerable<JsonObject> pods)
    {
        var passed = _last is { } last ? time.GetElapsedTime(last) : TimeSpan.Zero;
        _last = time.GetTimestamp();
        _memory.Clear();
        _processor.Clear();
        var seen = new HashSet<(string Space, string Pod, string Container)>();
        foreach (var pod in pods)
        {
            foreach (var container in pod.Items("containers"))
            {
                var key = (pod.Text("metadata", "namespace"), pod.Text("metadata", "name"), container.Text("name"));
                _ = seen.Add(key);
                Take(key, container, passed);
            }
        }

        foreach (var gone in _seconds.Keys.Except(seen).ToArray())
        {
            _ = _seconds.Remove(gone);
        }
    }

    private void Take((string Space, string Pod, string Container) key, JsonObject container, TimeSpan passed)
    {
        var cores = Amount.Parse(container.Text("usage", "cpu")) ?? 0;
        _seconds[key] = _seconds.GetValueOrDefault(key) + (cores * passed.TotalSeconds);
        _processor.Set(_seconds[key], key.Space, key.Pod, key.Container);
        _memory.Set(Amount.Parse(container.Text("usage", "memory")) ?? 0, key.Space, key.Pod, key.Container);
    }
}
