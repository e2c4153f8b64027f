using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Reference.Telemetry;

/// <summary>A counter or a gauge with labels, in Prometheus' text format.</summary>
/// <remarks>Safe to use from many threads.</remarks>
/// <param name="kind">Counter or gauge.</param>
/// <param name="name">The metric's name, with its unit.</param>
/// <param name="help">One sentence for the reader of /metrics.</param>
/// <param name="labels">The labels' names; values are given in the same order.</param>
public sealed class Metric(MetricKind kind, string name, string help, params string[] labels) : IMetric
{
    private readonly ConcurrentDictionary<string, double> _values = new(StringComparer.Ordinal);

    /// <summary>Adds to the series of these label values, which begins at zero.</summary>
    public void Add(double amount, params ReadOnlySpan<string> values) =>
        _values.AddOrUpdate(LabelSet.Format(labels, values), amount, (_, old) => old + amount);

    /// <summary>Sets the series of these label values.</summary>
    public void Set(double value, params ReadOnlySpan<string> values) =>
        _values[LabelSet.Format(labels, values)] = value;

    /// <summary>Forgets every series: for a metric that tells what somebody else says at the moment.</summary>
    public void Clear() => _values.Clear();

    /// <inheritdoc/>
    public void WriteTo(StringBuilder text)
    {
        var word = kind == MetricKind.Counter ? "counter" : "gauge";
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {word}\n");
        foreach (var (series, value) in _values.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{series} {value}\n");
        }
    }
}
