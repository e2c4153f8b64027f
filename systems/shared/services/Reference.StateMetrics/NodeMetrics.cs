using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Reference.Telemetry;

namespace Reference.StateMetrics;

/// <summary>How much of each node is in use, under the names that Azure Monitor gives it.</summary>
internal sealed class NodeMetrics
{
    private readonly Metric _processor = Gauge(
        "node_cpu_usage_percentage", "Processors in use, of what pods may have.");

    private readonly Metric _memory = Gauge(
        "node_memory_working_set_percentage", "Memory that cannot be taken away, of what pods may have.");

    public ImmutableArray<IMetric> All => [_processor, _memory];

    /// <summary>Takes the nodes and the items of a NodeMetricsList; a node without usage has no series.</summary>
    public void Read(IEnumerable<JsonObject> nodes, IEnumerable<JsonObject> usage)
    {
        _processor.Clear();
        _memory.Clear();
        var used = usage.ToDictionary(one => one.Text("metadata", "name"), StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var name = node.Text("metadata", "name");
            if (used.GetValueOrDefault(name) is { } measured)
            {
                Set(_processor, name, measured.Text("usage", "cpu"), node.Text("status", "allocatable", "cpu"));
                Set(_memory, name, measured.Text("usage", "memory"), node.Text("status", "allocatable", "memory"));
            }
        }
    }

    private static void Set(Metric metric, string node, string used, string of)
    {
        if (Amount.Parse(used) is { } part && Amount.Parse(of) is > 0 and { } whole)
        {
            metric.Set(100 * part / whole, node);
        }
    }

    private static Metric Gauge(string name, string help) => new(MetricKind.Gauge, name, help, "node");
}
